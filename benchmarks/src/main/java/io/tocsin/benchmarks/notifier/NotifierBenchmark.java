package io.tocsin.benchmarks.notifier;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.benchmarks.Broker;
import io.tocsin.benchmarks.ChildProcess;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.Alert;
import io.tocsin.topics.TopicAdmin;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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

/** {@code tocsin bench notifier}. */
@Command(
    name = "notifier",
    description = {
      "From the broker's acknowledgement of a transition to the HTTP request at a receiver, idle.",
      "Broker, notifier and this measuring are a process each; one alert at a time, after a warm-up;"
          + " the ratio is the limit of 30 ms to the median."
    },
    mixinStandardHelpOptions = true)
public final class NotifierBenchmark implements Callable<Integer> {

  private static final double LIMIT_MS = 30;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  enum Output {
    TEXT,
    JSON
  }

  @Option(names = "--alerts", defaultValue = "300", description = "how many are measured")
  private int alerts;

  @Option(names = "--warm-up", defaultValue = "100", description = "how many come before them")
  private int warmUp;

  @Option(names = "--every-ms", defaultValue = "50", description = "from one alert to the next")
  private long everyMillis;

  @Option(names = "--output", defaultValue = "text", description = "text or json")
  private Output output = Output.TEXT;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tocsin-bench");
    try (ChildProcess broker =
            ChildProcess.start(Broker.class, "256m", List.of(folder.toString()));
        Hook hook = new Hook()) {
      String address = broker.await("ready ");
      KafkaSettings kafka = KafkaSettings.of(address);
      TopicAdmin.applyDefaults(kafka);
      try (ChildProcess notifier =
              ChildProcess.start(TocsinNotifier.class, "128m", List.of(address, hook.url()));
          Transitions transitions = new Transitions(kafka)) {
        notifier.await("ready");
        latencies(transitions, hook, "warm-up", warmUp);
        report(latencies(transitions, hook, "measured", alerts));
      }
    } finally {
      delete(folder);
    }
    return 0;
  }

  /** In milliseconds, ascending. The producer's own way to the broker is not in them. */
  private double[] latencies(Transitions transitions, Hook hook, String rule, int count)
      throws IOException, InterruptedException {
    Map<String, Long> acknowledged = new LinkedHashMap<>();
    int before = hook.calls();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      waitUntil(start + i * everyMillis * 1_000_000);
      Alert alert = Transitions.alert(rule, i, Instant.ofEpochSecond(1_765_368_000L + i));
      acknowledged.put(alert.episode(), transitions.put(alert));
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (hook.calls() < before + count) {
      if (System.nanoTime() > deadline) {
        throw new IOException("the notifier told " + (hook.calls() - before) + " of " + count);
      }
      Thread.sleep(5);
    }
    return acknowledged.entrySet().stream()
        .mapToDouble(each -> (hook.calledAt(each.getKey()).orElseThrow() - each.getValue()) / 1e6)
        .sorted()
        .toArray();
  }

  private static void waitUntil(long nanos) throws InterruptedException {
    long left = nanos - System.nanoTime();
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
  }

  private void report(double[] sorted) throws IOException {
    double median = quantile(sorted, 0.5);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("benchmark", "notifier");
    figures.put("alerts", sorted.length);
    figures.put("p50_ms", rounded(median));
    figures.put("p99_ms", rounded(quantile(sorted, 0.99)));
    figures.put("max_ms", rounded(Arrays.stream(sorted).max().orElse(0)));
    figures.put("limit_p50_ms", LIMIT_MS);
    figures.put("ratio", rounded(LIMIT_MS / median));
    PrintWriter out = spec.commandLine().getOut();
    if (output == Output.JSON) {
      out.println(new ObjectMapper().writeValueAsString(figures));
    } else {
      figures.forEach((name, value) -> out.println(name + ": " + value));
    }
    out.flush();
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
