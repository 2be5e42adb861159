package io.tocsin.benchmarks.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.benchmarks.ChildProcess;
import io.tocsin.benchmarks.Servers;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.bootstrap.http.HttpServer;
import io.tocsin.console.ConsoleConfig;
import io.tocsin.console.ConsoleService;
import io.tocsin.indexer.IndexerConfig;
import io.tocsin.indexer.IndexerService;
import io.tocsin.topics.TopicAdmin;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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

/** {@code tocsin bench search}. */
@Command(
    name = "search",
    description = {
      "The last 15 minutes' errors by service, asked of the console over HTTP.",
      "The documents are spread over a day in the indexer's own indices; each question has another"
          + " beginning, so that no cache answers it; the ratio is the limit of 50 ms to the median."
    },
    mixinStandardHelpOptions = true)
public final class SearchBenchmark implements Callable<Integer> {

  private static final double LIMIT_MS = 50;
  private static final ObjectMapper JSON = new ObjectMapper();

  enum Output {
    TEXT,
    JSON
  }

  @Option(names = "--documents", defaultValue = "3000000", description = "how many documents")
  private long documents;

  @Option(names = "--questions", defaultValue = "300", description = "how many are measured")
  private int questions;

  @Option(names = "--warm-up", defaultValue = "100", description = "how many come before them")
  private int warmUp;

  @Option(names = "--output", defaultValue = "text", description = "text or json")
  private Output output = Output.TEXT;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tocsin-bench");
    try (ChildProcess servers =
        ChildProcess.start(Servers.class, "1g", List.of(folder.toString()))) {
      String[] addresses = servers.await("ready ").split(" ", -1);
      KafkaSettings kafka = KafkaSettings.of(addresses[0]);
      Node node = new Node(URI.create(addresses[1]));
      TopicAdmin.applyDefaults(kafka);
      setUp(kafka, OpenSearchSettings.of(node.uri()));
      load(node);
      try (HttpServer http = HttpServer.listen("127.0.0.1", 0);
          ConsoleService console = console(kafka, node, http)) {
        console.start();
        ask(node, http, "15m", warmUp);
        double[] recent = ask(node, http, "15m", questions);
        double[] day = ask(node, http, "24h", questions / 5);
        report(node, http, recent, day);
      }
    } finally {
      delete(folder);
    }
    return 0;
  }

  /** The indexer brings its templates when it starts, before it is ready. */
  private static void setUp(KafkaSettings kafka, OpenSearchSettings search)
      throws InterruptedException {
    try (IndexerService indexer =
        new IndexerService(
            ConfigReader.read("bench", "{}", IndexerConfig.class),
            kafka,
            search,
            new Metrics(),
            Clock.systemUTC())) {
      indexer.start();
      while (!indexer.readiness().ready()) {
        Thread.sleep(50);
      }
    }
  }

  private static ConsoleService console(KafkaSettings kafka, Node node, HttpServer http) {
    return new ConsoleService(
        ConfigReader.read("bench", "{}", ConsoleConfig.class),
        kafka,
        OpenSearchSettings.of(node.uri()),
        http,
        new Metrics(),
        Clock.systemUTC());
  }

  private void load(Node node) throws IOException, InterruptedException {
    tell("loading " + documents + " documents over " + Documents.SPAN.toHours() + " h");
    long tenth = Math.max(1, documents / 10 / Documents.aBody()) * Documents.aBody();
    node.load(
        new Documents(documents, Clock.systemUTC().instant()),
        from -> {
          if (from % tenth == 0 && from > 0) {
            tell(100 * from / documents + " %");
          }
        });
  }

  /** In milliseconds, ascending. */
  private double[] ask(Node node, HttpServer http, String since, int count)
      throws IOException, InterruptedException {
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      node.get(question(http, since));
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return millis;
  }

  private static URI question(HttpServer http, String since) {
    return URI.create(http.uri() + "/logs/counts?by=service&min-level=ERROR&since=" + since);
  }

  private void report(Node node, HttpServer http, double[] recent, double[] day)
      throws IOException, InterruptedException {
    JsonNode answer = JSON.readTree(node.get(question(http, "15m")));
    double median = quantile(recent, 0.5);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("benchmark", "search");
    figures.put("documents", documents);
    figures.put("errors_found", answer.path("total").asLong());
    figures.put("services_found", answer.path("counts").size());
    figures.put("questions", recent.length);
    figures.put("p50_ms", rounded(median));
    figures.put("p95_ms", rounded(quantile(recent, 0.95)));
    figures.put("p99_ms", rounded(quantile(recent, 0.99)));
    figures.put("max_ms", rounded(recent[recent.length - 1]));
    figures.put("whole_day_p50_ms", rounded(quantile(day, 0.5)));
    figures.put("limit_p50_ms", LIMIT_MS);
    figures.put("ratio", rounded(LIMIT_MS / median));
    PrintWriter out = spec.commandLine().getOut();
    if (output == Output.JSON) {
      out.println(JSON.writeValueAsString(figures));
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
