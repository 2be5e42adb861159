package io.tocsin.benchmarks.indexer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.benchmarks.ChildProcess;
import io.tocsin.benchmarks.Sample;
import io.tocsin.benchmarks.Servers;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.topics.TopicAdmin;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin bench indexer}. */
@Command(
    name = "indexer",
    description = {
      "Events from Kafka into OpenSearch, in three ways.",
      "The limit (ready bodies, two requests at a time), the indexer, and the client library's"
          + " BulkIngester with objects. Each has a process of its own, brings all events in a few"
          + " times to warm up itself and the servers, and then in turns with the others; the medians"
          + " are compared. CPU is counted with and without the just-in-time compiler's, which ends by"
          + " itself in a process that runs for long."
    },
    mixinStandardHelpOptions = true)
public final class IndexerBenchmark implements Callable<Integer> {

  private static final List<String> CONTESTANTS = List.of("tocsin", "limit", "bulk-ingester");

  enum Output {
    TEXT,
    JSON
  }

  @Option(names = "--records", defaultValue = "300000", description = "how many events")
  private long records;

  @Option(names = "--rounds", defaultValue = "3", description = "how many turns each has")
  private int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "2",
      description = "how many turns each has before that, which do not count")
  private int warmUp;

  @Option(
      names = "--only",
      split = ",",
      description = "some of tocsin, limit, bulk-ingester; tocsin brings the index templates")
  private List<String> only = CONTESTANTS;

  @Option(names = "--output", defaultValue = "text", description = "text or json")
  private Output output = Output.TEXT;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("tocsin-bench");
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    try (ChildProcess servers =
        ChildProcess.start(Servers.class, "640m", List.of(folder.toString()))) {
      String[] addresses = servers.await("ready ").split(" ", -1);
      KafkaSettings kafka = KafkaSettings.of(addresses[0]);
      TopicAdmin.applyDefaults(kafka);
      tell("loading " + records + " events of about " + Events.value(1).length + " bytes");
      Records.load(kafka, records);
      measure(addresses, samples);
    } finally {
      delete(folder);
    }
    report(samples);
    return 0;
  }

  private void measure(String[] addresses, Map<String, List<Sample>> samples) throws IOException {
    Map<String, ChildProcess> contestants = new LinkedHashMap<>();
    try {
      for (String name : only) {
        List<String> arguments = List.of(name, addresses[0], addresses[1], Long.toString(records));
        ChildProcess contestant = ChildProcess.start(Contestant.class, "512m", arguments);
        contestants.put(name, contestant);
        for (int turn = 1; turn <= warmUp; turn++) {
          tell(text(name + ", to warm up", pass(contestant, "warm-up-" + turn)));
        }
      }
      for (int round = 1; round <= rounds; round++) {
        List<String> names = new ArrayList<>(contestants.keySet());
        // Back and forth, so that what grows slower or faster with time favours nobody.
        for (String name : round % 2 == 1 ? names.reversed() : names) {
          ChildProcess contestant = Objects.requireNonNull(contestants.get(name));
          Sample sample = pass(contestant, "round-" + round);
          samples.computeIfAbsent(name, n -> new ArrayList<>()).add(sample);
          tell(text(name + ", round " + round, sample));
        }
      }
    } finally {
      contestants.values().forEach(ChildProcess::close);
    }
  }

  private static Sample pass(ChildProcess contestant, String pass) throws IOException {
    contestant.say(pass);
    return Sample.parse(contestant.await("sample "));
  }

  private void report(Map<String, List<Sample>> samples) throws IOException {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("benchmark", "indexer");
    figures.put("records", records);
    figures.put("rounds", rounds);
    samples.forEach(
        (name, all) ->
            figures.put(
                name,
                Map.of(
                    "records_per_second", Math.round(records / median(all, Sample::seconds)),
                    "cpu_micros_per_record", rounded(median(all, Sample::ownMicros)),
                    "cpu_micros_with_compiler", rounded(median(all, Sample::cpuMicros)),
                    "peak_rss_mib", Math.round(median(all, Sample::rssMib)))));
    if (samples.keySet().containsAll(CONTESTANTS)) {
      double own = seconds(samples, "tocsin");
      figures.put("ratio_to_bulk_ingester", rounded(seconds(samples, "bulk-ingester") / own));
      figures.put("ratio", rounded(seconds(samples, "limit") / own));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output == Output.JSON) {
      out.println(new ObjectMapper().writeValueAsString(figures));
    } else {
      figures.forEach((name, value) -> out.println(name + ": " + value));
    }
    out.flush();
  }

  private static double seconds(Map<String, List<Sample>> samples, String name) {
    return median(samples.getOrDefault(name, List.of()), Sample::seconds);
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private static String text(String name, Sample sample) {
    return String.format(
        Locale.ROOT,
        "%s: %.1f s, %.2f µs CPU a record and %.2f µs of the compiler, %d MiB peak",
        name,
        sample.seconds(),
        sample.ownMicros(),
        sample.compilerMicros(),
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
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
