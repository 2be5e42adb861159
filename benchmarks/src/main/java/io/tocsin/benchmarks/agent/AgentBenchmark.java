package io.tocsin.benchmarks.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.benchmarks.Broker;
import io.tocsin.benchmarks.ChildProcess;
import io.tocsin.benchmarks.Sample;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.topics.TopicAdmin;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin bench agent}. */
@Command(
    name = "agent",
    description = {
      "A log file to one partition, and the limit: a producer that sends the finished bytes.",
      "Broker, agent and limit are a process each; the agent has the JVM options it has at the"
          + " edge, the limit a heap of 2 GB. In turns each warms up with three whole passes and is"
          + " measured in the fourth; the medians are compared, those of the first passes as"
          + " ratio_cold.",
      "Then the agent alone, installed as at the edge: from the start of its process to its first"
          + " record, and its memory and processor use with nothing to do."
    },
    mixinStandardHelpOptions = true)
public final class AgentBenchmark implements Callable<Integer> {

  /** In this order: the limit sends what the agent published. JVM options of each. */
  private static final Map<String, List<String>> CONTESTANTS = new LinkedHashMap<>();

  static {
    CONTESTANTS.put(
        "tocsin", // as in deploy/edge/tocsin-agent
        List.of(
            "-Xms16m",
            "-Xmx48m",
            "-Xss512k",
            "-XX:ReservedCodeCacheSize=32m",
            "-XX:MaxMetaspaceSize=96m",
            "-XX:TrimNativeHeapInterval=10000",
            "-XX:NewRatio=1",
            "-XX:SurvivorRatio=3"));
    CONTESTANTS.put("limit", List.of("-Xmx2g"));
  }

  private static final Duration SETTLE = Duration.ofSeconds(20);
  private static final Duration WATCHED = Duration.ofSeconds(30);

  private record Turn(Sample cold, Sample warm) {}

  enum Output {
    TEXT,
    JSON
  }

  @Option(
      names = "--lines",
      defaultValue = "1000000",
      description = "how many lines the file has (default: ${DEFAULT-VALUE})")
  private int lines;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "how many turns each has (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--starts",
      defaultValue = "5",
      description = "how often the start is measured, 0 for no edge (default: ${DEFAULT-VALUE})")
  private int starts;

  @Option(names = "--output", defaultValue = "text", description = "text or json")
  private Output output = Output.TEXT;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tocsin-bench");
    Map<String, List<Turn>> turns = new LinkedHashMap<>();
    Map<String, Object> edge = new LinkedHashMap<>();
    try (ChildProcess broker =
        ChildProcess.start(Broker.class, "512m", List.of(folder.resolve("kafka").toString()))) {
      String address = broker.await("ready ");
      TopicAdmin.applyDefaults(KafkaSettings.of(address));
      Path file = LogFile.write(folder.resolve("api.log"), lines);
      tell(lines + " lines of " + Files.size(file) / lines + " bytes");
      for (int round = 1; round <= rounds; round++) {
        for (Map.Entry<String, List<String>> contestant : CONTESTANTS.entrySet()) {
          Turn turn = turn(contestant.getKey(), contestant.getValue(), address, folder);
          turns.computeIfAbsent(contestant.getKey(), n -> new ArrayList<>()).add(turn);
          tell(text(contestant.getKey() + ", round " + round, turn.warm()));
        }
      }
      if (starts > 0) {
        EdgeAgent agent = EdgeAgent.install(folder, address);
        edge.put("start_seconds", rounded(agent.secondsToFirstRecord(starts)));
        edge.put("idle", agent.idle(SETTLE, WATCHED));
        tell("installed at the edge: " + edge);
      }
    } finally {
      delete(folder);
    }
    report(turns, edge);
    return 0;
  }

  private Turn turn(String name, List<String> flags, String address, Path folder)
      throws IOException {
    List<String> arguments = List.of(name, address, Integer.toString(lines), folder.toString());
    try (ChildProcess child = ChildProcess.start(Contestant.class, flags, arguments)) {
      return new Turn(Sample.parse(child.await("cold ")), Sample.parse(child.await("warm ")));
    }
  }

  private void report(Map<String, List<Turn>> turns, Map<String, Object> edge) throws IOException {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("benchmark", "agent");
    figures.put("lines", lines);
    figures.put("rounds", rounds);
    turns.forEach(
        (name, all) ->
            figures.put(
                name,
                Map.of(
                    "lines_per_second", Math.round(lines / median(all, t -> t.warm().seconds())),
                    "cpu_seconds_per_million", rounded(median(all, t -> t.warm().cpuMicros())),
                    "peak_rss_mib", Math.round(median(all, t -> t.warm().rssMib())))));
    figures.put("edge", edge);
    figures.put("ratio_cold", ratio(turns, t -> t.cold().seconds()));
    figures.put("ratio", ratio(turns, t -> t.warm().seconds()));
    PrintWriter out = spec.commandLine().getOut();
    if (output == Output.JSON) {
      out.println(new ObjectMapper().writeValueAsString(figures));
    } else {
      figures.forEach((name, value) -> out.println(name + ": " + value));
    }
    out.flush();
  }

  private static double ratio(Map<String, List<Turn>> turns, ToDoubleFunction<Turn> seconds) {
    double limit = median(turns.getOrDefault("limit", List.of()), seconds);
    return rounded(limit / median(turns.getOrDefault("tocsin", List.of()), seconds));
  }

  private static double median(List<Turn> turns, ToDoubleFunction<Turn> figure) {
    double[] sorted = turns.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private static String text(String name, Sample sample) {
    return String.format(
        Locale.ROOT,
        "%s: %.2f s, %.1f s CPU a million, %d MiB peak",
        name,
        sample.seconds(),
        sample.cpuMicros(),
        sample.rssMib());
  }

  /** Progress goes beside the result. */
  private void tell(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
