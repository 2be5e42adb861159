package io.tocsin.indexer;

import com.sun.management.OperatingSystemMXBean;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.EmbeddedOpenSearch;
import io.tocsin.indexer.cluster.Call;
import io.tocsin.indexer.cluster.Cluster;
import io.tocsin.indexer.cluster.Reply;
import io.tocsin.indexer.lifecycle.IndexSettings;
import io.tocsin.indexer.lifecycle.IndexSetup;
import io.tocsin.topics.TopicAdmin;
import io.tocsin.topics.Topics;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How fast the indexer is against what the node takes at most: prebuilt bodies of the same
 * documents, two requests at a time. Servers run in one process, the measured client in another;
 * the modes take turns, for the node gets warmer and the disk fuller.
 *
 * <p>{@code java -cp … IndexerThroughputCheck servers [records] [rounds] [modes…]}
 */
public final class IndexerThroughputCheck {

  private static final int BODY_BYTES = 1_000_000;
  private static final Clock CLOCK = Clock.systemUTC();

  private IndexerThroughputCheck() {}

  public static void main(String[] args) throws Exception {
    if (args[0].equals("servers")) {
      servers(
          Integer.parseInt(args.length > 1 ? args[1] : "300000"),
          args.length > 2 ? args[2] : "5",
          args.length > 3
              ? Arrays.copyOfRange(args, 3, args.length)
              : new String[] {"limit", "indexer"});
    } else {
      client(args);
    }
  }

  private static void servers(int records, String rounds, String[] modes) throws Exception {
    Path dir = Files.createTempDirectory(Path.of("target"), "throughput");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Options.in(dir.resolve("kafka")));
        EmbeddedOpenSearch search =
            EmbeddedOpenSearch.start(EmbeddedOpenSearch.Options.in(dir.resolve("search")))) {
      KafkaSettings settings = KafkaSettings.of(kafka.bootstrapServers());
      TopicAdmin.applyDefaults(settings);
      try (var producer =
          new KafkaProducer<>(
              settings.with(Map.of("compression.type", "lz4", "linger.ms", 5)),
              new ByteArraySerializer(),
              new ByteArraySerializer())) {
        for (int i = 0; i < records; i++) {
          byte[] key = ("service-" + i % 12).getBytes(StandardCharsets.US_ASCII);
          producer.send(new ProducerRecord<>(Topics.LOGS, key, event(i)));
        }
        producer.flush();
      }
      List<String> command =
          new ArrayList<>(
              List.of(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-Xmx256m",
                  "-XX:+UseSerialGC",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  IndexerThroughputCheck.class.getName(),
                  "client",
                  kafka.bootstrapServers(),
                  search.uri().toString(),
                  String.valueOf(records),
                  rounds));
      command.addAll(List.of(modes));
      new ProcessBuilder(command).inheritIO().start().waitFor();
    }
  }

  private static byte[] event(int i) {
    long millis = Instant.parse("2026-11-20T00:00:00Z").toEpochMilli() + i * 250L;
    return """
        {"ts":"%s","service":"service-%d","level":"%s","event":"http_request","message":"GET /orders/%d answered %d in %d ms","meta":{"path":"/orders/%d","status":%d,"trace":"%016x"},"host":"edge-01","source":"api","id":"edge-01/api/8f3a2c/%d"}"""
        .formatted(
            Instant.ofEpochMilli(millis).toString().replaceFirst("(:\\d\\d)Z", "$1.000Z"),
            i % 12,
            i % 50 == 0 ? "ERROR" : "INFO",
            i % 9973,
            i % 50 == 0 ? 500 : 200,
            i % 311,
            i % 9973,
            i % 50 == 0 ? 500 : 200,
            i * 0x9E3779B97F4A7C15L,
            i * 291L)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void client(String[] args) throws Exception {
    KafkaSettings kafka = KafkaSettings.of(args[1]);
    OpenSearchSettings search = OpenSearchSettings.of(URI.create(args[2]));
    int records = Integer.parseInt(args[3]);
    int rounds = Integer.parseInt(args[4]);
    List<String> modes = List.of(args).subList(5, args.length);
    try (Cluster cluster = new Cluster(search, Duration.ofSeconds(60))) {
      for (int round = 0; round < rounds; round++) {
        for (String mode : modes) {
          if (!mode.startsWith("replay")) {
            cluster.send(new Call("DELETE", "/tocsin-logs-*", Map.of(), "", new byte[0], 0));
          }
          new IndexSetup(cluster, new IndexSettings(1, 0)).apply();
          System.gc();
          Result result =
              mode.equals("indexer")
                  ? indexer(kafka, search, records, "check-" + round)
                  : prebuilt(cluster, records, mode.endsWith("create") ? "create" : "index");
          System.out.printf(
              "%d %-14s %,9.0f docs/s %6.2f us CPU/doc  peak RSS %s%n",
              round,
              mode,
              records / (result.nanos / 1e9),
              result.cpuNanos / 1e3 / records,
              peakRss());
        }
      }
    }
  }

  private record Result(long nanos, long cpuNanos) {}

  private static Result indexer(
      KafkaSettings kafka, OpenSearchSettings search, int records, String group)
      throws InterruptedException {
    IndexerConfig d = IndexerConfig.defaults();
    IndexerConfig config =
        new IndexerConfig(
            group,
            null,
            d.bulkSize(),
            2,
            d.linger(),
            d.maxRecord(),
            2000,
            d.latestAhead(),
            d.requestTimeout(),
            d.patience(),
            1,
            0,
            d.lifecycle());
    try (IndexerService indexer = new IndexerService(config, kafka, search, new Metrics(), CLOCK)) {
      indexer.start();
      while (!indexer.readiness().ready()) {
        Thread.sleep(1);
      }
      long cpu = cpu();
      long start = System.nanoTime();
      while (indexer.status().indexed() + indexer.status().duplicates() < records) {
        Thread.sleep(5);
      }
      return new Result(System.nanoTime() - start, cpu() - cpu);
    }
  }

  private static Result prebuilt(Cluster cluster, int records, String op) throws Exception {
    Deque<byte[]> bodies = new ArrayDeque<>();
    ByteArrayOutputStream body = new ByteArrayOutputStream(BODY_BYTES + 1000);
    for (int i = 0; i < records; i++) {
      body.writeBytes(
          "{\"%s\":{\"_index\":\"tocsin-logs-2026.11.20\",\"_id\":\"edge-01/api/8f3a2c/%d\"}}\n"
              .formatted(op, i * 291L)
              .getBytes(StandardCharsets.US_ASCII));
      body.writeBytes(event(i));
      body.write('\n');
      if (body.size() >= BODY_BYTES || i == records - 1) {
        bodies.add(body.toByteArray());
        body.reset();
      }
    }
    System.gc();
    long cpu = cpu();
    long start = System.nanoTime();
    try (var two = Executors.newFixedThreadPool(2)) {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < 2; t++) {
        done.add(two.submit(() -> sendAll(cluster, bodies)));
      }
      for (Future<?> future : done) {
        future.get();
      }
    }
    return new Result(System.nanoTime() - start, cpu() - cpu);
  }

  private static Void sendAll(Cluster cluster, Deque<byte[]> bodies) throws InterruptedException {
    while (true) {
      byte[] body;
      synchronized (bodies) {
        body = bodies.poll();
      }
      if (body == null) {
        return null;
      }
      Reply reply =
          cluster.send(
              new Call(
                  "POST",
                  "/_bulk",
                  Map.of("filter_path", "items.*.status"),
                  "application/x-ndjson",
                  body,
                  body.length));
      if (!(reply instanceof Reply.Answered(int status, byte[] answer) && status == 200)) {
        throw new IllegalStateException(reply.toString());
      }
    }
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static String peakRss() throws Exception {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .findFirst()
        .orElse("");
  }
}
