package io.tocsin.benchmarks.alerting;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.benchmarks.Broker;
import io.tocsin.benchmarks.ChildProcess;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.topics.TopicAdmin;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin bench alerting}. */
@Command(
    name = "alerting",
    description = {
      "From the send of a record that tips a rule to the transition at a read-committed consumer,"
          + " idle and exactly-once; and how fast a backlog drains with the default pack, 1, 10 and"
          + " 100 rules, beside a plain consumer that parses the same records with Jackson."
          + " On demand, too, the state of many groups and the take-over after a kill.",
      "Broker, alerting, plain consumer and this measuring are a process each. Each drain and each"
          + " plain reading works off the same warm-up before what is measured, in one go; figures"
          + " that end in _cold are those of the warm-up itself, from the start of the process."
    },
    mixinStandardHelpOptions = true)
public final class AlertingBenchmark implements Callable<Integer> {

  private static final double LIMIT_P50_MS = 25;
  private static final double LIMIT_P99_MS = 100;
  private static final double LIMIT_RATIO = 0.3;

  enum Output {
    TEXT,
    JSON
  }

  @Option(names = "--events", defaultValue = "1000000", description = "how many are drained")
  private int events;

  @Option(
      names = "--warm-up-events",
      defaultValue = "1000000",
      description = "how many are drained, and read by the plain consumer, before")
  private int warmUpEvents;

  @Option(names = "--alerts", defaultValue = "300", description = "how many latencies are measured")
  private int alerts;

  @Option(names = "--warm-up", defaultValue = "200", description = "how many alerts come before")
  private int warmUp;

  @Option(
      names = "--rules",
      split = ",",
      defaultValue = "pack,1,10,100",
      description = "what is drained with: pack, or a number of rules; the ratio wants the pack")
  private List<String> rules = List.of();

  @Option(
      names = "--groups",
      defaultValue = "0",
      description = "measures the state of so many groups, and how long it takes to come back")
  private int groups;

  @Option(
      names = "--kills",
      defaultValue = "0",
      description = "kills one of two instances so often and measures how long the other takes")
  private int kills;

  @Option(
      names = "--standby-replicas",
      defaultValue = "1",
      description = "of the two instances (default: 1)")
  private int standbyReplicas;

  @Option(names = "--output", defaultValue = "text", description = "text or json")
  private Output output = Output.TEXT;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tocsin-bench");
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("benchmark", "alerting");
    try {
      if (alerts > 0) {
        latency(Files.createDirectory(folder.resolve("latency")), figures);
      }
      if (events > 0) {
        drain(Files.createDirectory(folder.resolve("drain")), figures);
      }
      if (groups > 0) {
        growth(Files.createDirectory(folder.resolve("growth")), figures);
      }
      if (kills > 0) {
        takeOver(Files.createDirectory(folder.resolve("take-over")), figures);
      }
      report(figures);
    } finally {
      delete(folder);
    }
    return 0;
  }

  private void latency(Path folder, Map<String, Object> figures)
      throws IOException, InterruptedException {
    try (ChildProcess broker = broker(folder)) {
      String address = broker.await("ready ");
      KafkaSettings kafka = KafkaSettings.of(address);
      TopicAdmin.applyDefaults(kafka);
      String rules = Rules.defaultPackAndTip(folder).toString();
      List<String> arguments = List.of(address, folder.resolve("state").toString(), rules);
      try (ChildProcess alerting = ChildProcess.start(TocsinAlerting.class, "256m", arguments);
          Tipping tipping = new Tipping(kafka, Clock.systemUTC())) {
        alerting.await("ready");
        tell("measuring latency");
        tipping.latencies("warm-up", warmUp);
        double[] millis = tipping.latencies("measured", alerts);
        figures.put("alerts", millis.length);
        figures.put("p50_ms", rounded(quantile(millis, 0.5)));
        figures.put("p99_ms", rounded(quantile(millis, 0.99)));
        figures.put("max_ms", rounded(millis[millis.length - 1]));
        figures.put("limit_p50_ms", LIMIT_P50_MS);
        figures.put("limit_p99_ms", LIMIT_P99_MS);
      }
    }
  }

  private void drain(Path folder, Map<String, Object> figures)
      throws IOException, InterruptedException {
    try (ChildProcess broker = broker(folder)) {
      String address = broker.await("ready ");
      KafkaSettings kafka = KafkaSettings.of(address);
      TopicAdmin.applyDefaults(kafka);
      tell("writing the backlog");
      Events.load(kafka, warmUpEvents + events, Clock.systemUTC().instant());
      try (Drain drain = new Drain(address, folder)) {
        Plain before = plain(address);
        Map<String, Pace> paces = new LinkedHashMap<>();
        for (String each : rules) {
          paces.put(each, drained(drain, each, folder));
        }
        Plain after = plain(address);
        Plain plain = Plain.between(before, after);
        figures.put("warm_up_events", warmUpEvents);
        figures.put("events", events);
        figures.put("plain_per_s", Math.round(plain.warm));
        figures.put("plain_per_s_cold", Math.round(plain.cold));
        figures.put("plain_cpu_us", rounded(plain.cpu));
        figures.put("limit_ratio", LIMIT_RATIO);
        paces.forEach((name, pace) -> put(figures, name, pace, plain));
      }
    }
  }

  private void growth(Path folder, Map<String, Object> figures)
      throws IOException, InterruptedException {
    try (ChildProcess broker = broker(folder)) {
      String address = broker.await("ready ");
      TopicAdmin.applyDefaults(KafkaSettings.of(address));
      tell("growing " + groups + " groups");
      try (Drain drain = new Drain(address, folder)) {
        Growth.Figures grown = new Growth(address, folder).measure(drain, groups);
        figures.put("groups", groups);
        grown
            .paces()
            .forEach(
                (to, cost) -> {
                  figures.put("new_group_us_to_" + to, rounded(cost.wall()));
                  figures.put("new_group_cpu_us_to_" + to, rounded(cost.cpu()));
                });
        figures.put("state_mib", grown.diskMib());
        figures.put("changelog_mib", grown.changelogMib());
        figures.put("restart_s", rounded(grown.kept()));
        figures.put("restore_s", rounded(grown.restored()));
      }
    }
  }

  private void takeOver(Path folder, Map<String, Object> figures)
      throws IOException, InterruptedException {
    try (ChildProcess broker = broker(folder)) {
      String address = broker.await("ready ");
      TopicAdmin.applyDefaults(KafkaSettings.of(address));
      tell("killing one of two");
      double[] seconds = new TakeOver(address, folder, standbyReplicas).measure(kills);
      figures.put("kills", kills);
      figures.put("take_over_p50_s", rounded(quantile(seconds, 0.5)));
      figures.put("take_over_max_s", rounded(seconds[kills - 1]));
    }
  }

  private record Plain(double cold, double warm, double cpu) {
    static Plain between(Plain one, Plain other) {
      return new Plain(
          (one.cold + other.cold) / 2, (one.warm + other.warm) / 2, (one.cpu + other.cpu) / 2);
    }
  }

  private Plain plain(String address) throws IOException {
    tell("reading with a plain consumer");
    List<String> arguments =
        List.of(address, Integer.toString(warmUpEvents), Integer.toString(events));
    try (ChildProcess consumer = ChildProcess.start(PlainConsumer.class, "256m", arguments)) {
      String[] rates = consumer.await("rate ").split(" ", -1);
      return new Plain(
          Double.parseDouble(rates[0]), Double.parseDouble(rates[1]), Double.parseDouble(rates[2]));
    }
  }

  private Pace drained(Drain drain, String name, Path folder)
      throws IOException, InterruptedException {
    tell("draining with rules: " + name);
    Path file =
        name.equals("pack")
            ? Rules.defaultPack(folder)
            : Rules.many(folder, Integer.parseInt(name));
    return drain.pace(file, warmUpEvents, events);
  }

  private static void put(Map<String, Object> figures, String name, Pace pace, Plain plain) {
    figures.put("rules_" + name + "_per_s", Math.round(pace.warm()));
    figures.put("rules_" + name + "_per_s_cold", Math.round(pace.cold()));
    figures.put("rules_" + name + "_cpu_us", rounded(pace.warmCpuMicros()));
    figures.put("ratio_" + name, rounded(pace.warm() / plain.warm));
    figures.put("ratio_" + name + "_cold", rounded(pace.cold() / plain.cold));
  }

  private static ChildProcess broker(Path folder) throws IOException {
    return ChildProcess.start(Broker.class, "512m", List.of(folder.resolve("kafka").toString()));
  }

  private void report(Map<String, Object> figures) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (output == Output.JSON) {
      out.println(new ObjectMapper().writeValueAsString(figures));
    } else {
      figures.forEach((name, value) -> out.println(name + ": " + value));
    }
    out.flush();
  }

  private void tell(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }

  /** The nearest rank. */
  private static double quantile(double[] sorted, double part) {
    return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
