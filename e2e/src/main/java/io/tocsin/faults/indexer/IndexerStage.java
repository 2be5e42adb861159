package io.tocsin.faults.indexer;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.faults.stage.FreePort;
import io.tocsin.faults.stage.PlatformProcess;
import io.tocsin.faults.stage.ServerProcess;
import io.tocsin.topics.TopicAdmin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** A broker, a search node and indexers, each a process that can be killed. Not thread-safe. */
final class IndexerStage implements AutoCloseable {

  private static final String GROUP = "tocsin-indexer";
  private static final Duration READY = Duration.ofMinutes(5);
  private static final Duration SESSIONS_END = Duration.ofMinutes(2);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Path folder;
  private final ServerProcess kafka;
  private final ServerProcess search;
  private final Map<String, Long> retries = new TreeMap<>();

  private IndexerStage(Path folder, ServerProcess kafka, ServerProcess search) {
    this.folder = folder;
    this.kafka = kafka;
    this.search = search;
  }

  /** Starts the servers and makes the topics. */
  static IndexerStage open(Path folder) throws IOException, InterruptedException {
    ServerProcess kafka =
        ServerProcess.kafka(folder.resolve("kafka"), Map.of("message.max.bytes", "20971520"));
    ServerProcess search;
    try {
      // So little room for requests under way that a few large ones at once are refused with 429.
      search =
          ServerProcess.openSearch(
              folder.resolve("search"), Map.of("indexing_pressure.memory.limit", "16mb"));
    } catch (IOException | InterruptedException | RuntimeException e) {
      kafka.close();
      throw e;
    }
    IndexerStage stage = new IndexerStage(folder, kafka, search);
    TopicAdmin.applyDefaults(stage.kafkaSettings());
    return stage;
  }

  KafkaSettings kafkaSettings() {
    return KafkaSettings.of(kafka.address());
  }

  URI openSearch() {
    return URI.create("http://" + search.address());
  }

  ServerProcess kafka() {
    return kafka;
  }

  ServerProcess search() {
    return search;
  }

  /** Documents that were sent again so far, by reason; a killed indexer's last seconds missing. */
  Map<String, Long> retries() {
    return retries;
  }

  /** An indexer in a process of its own. */
  final class Indexer implements AutoCloseable {
    private final PlatformProcess process;
    private final URI ops;

    private Indexer(PlatformProcess process, URI ops) {
      this.process = process;
      this.ops = ops;
    }

    Indexer awaitReady() throws InterruptedException {
      long end = System.nanoTime() + READY.toNanos();
      while (!get("/readyz").startsWith("200 ")) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("the indexer did not get ready: " + process.output());
        }
        Thread.sleep(100);
      }
      return this;
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
      noteRetries();
      process.kill();
    }

    /** SIGTERM. */
    void stop() throws InterruptedException {
      noteRetries();
      process.stop();
    }

    private void noteRetries() throws InterruptedException {
      get("/metrics")
          .lines()
          .filter(line -> line.startsWith("tocsin_indexer_retries_total{"))
          .forEach(
              line ->
                  retries.merge(
                      line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')),
                      (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)),
                      Long::sum));
    }

    private String get(String path) throws InterruptedException {
      try {
        HttpResponse<String> answer =
            HTTP.send(
                HttpRequest.newBuilder(ops.resolve(path)).timeout(Duration.ofSeconds(5)).build(),
                HttpResponse.BodyHandlers.ofString());
        return path.equals("/readyz") ? answer.statusCode() + " " + answer.body() : answer.body();
      } catch (IOException e) {
        return "not reached: " + e;
      }
    }

    @Override
    public void close() throws IOException {
      process.close();
    }
  }

  /** Starts an indexer; with a name of its own it resumes at once after a kill. */
  Indexer indexer(String instance) throws IOException {
    int port = FreePort.find();
    Path file =
        Files.writeString(
            folder.resolve("tocsin" + instance + ".yaml"),
            """
            kafka: { bootstrap-servers: "%s" }
            opensearch: { urls: ["%s"] }
            ops: { port: %d }
            indexer: { group: %s%s }
            """
                .formatted(
                    kafka.address(),
                    openSearch(),
                    port,
                    GROUP,
                    instance.isEmpty() ? "" : ", instance: " + instance));
    return new Indexer(
        PlatformProcess.run("indexer", "run", "--config", file.toString()),
        URI.create("http://127.0.0.1:" + port));
  }

  /** What the group has committed, over all partitions. */
  long committed() throws InterruptedException {
    try (Admin admin = Admin.create(kafkaSettings().with(Map.of()))) {
      return admin
          .listConsumerGroupOffsets(GROUP)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(offset -> offset == null ? 0 : offset.offset())
          .sum();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Forgets what was committed, so that the next indexer reads everything again. */
  void forgetOffsets() throws InterruptedException {
    try (Admin admin = Admin.create(kafkaSettings().with(Map.of()))) {
      long end = System.nanoTime() + SESSIONS_END.toNanos();
      while (!forgetOffsets(admin)) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("the group still has members");
        }
        Thread.sleep(1_000);
      }
    }
  }

  /** False while a member that was stopped is still waited for, as its name allows it to return. */
  private static boolean forgetOffsets(Admin admin) throws InterruptedException {
    try {
      admin.deleteConsumerGroups(List.of(GROUP)).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupNotEmptyException) {
        return false;
      }
      throw new IllegalStateException(e);
    }
  }

  /** Sends a request to the search node and wants it to succeed. */
  void ask(String method, String path, String body) throws InterruptedException {
    try {
      HttpResponse<String> answer =
          HTTP.send(
              HttpRequest.newBuilder(openSearch().resolve(path))
                  .header("Content-Type", "application/json")
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(method + " " + path + ": " + answer.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    search.close();
    kafka.close();
  }
}
