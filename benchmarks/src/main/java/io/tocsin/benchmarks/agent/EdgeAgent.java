package io.tocsin.benchmarks.agent;

import io.tocsin.cli.TocsinCommand;
import io.tocsin.embedded.PseudoSerialPort;
import io.tocsin.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The agent's folder for the edge, as it is installed: how soon it works, and what it costs idle.
 */
final class EdgeAgent {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final double TICKS_PER_SECOND = 100;

  private final Path folder;
  private final String servers;

  private EdgeAgent(Path folder, String servers) {
    this.folder = folder;
    this.servers = servers;
  }

  /** Installs it below an empty folder, with its cache. */
  static EdgeAgent install(Path below, String servers) throws IOException, InterruptedException {
    Path folder = below.resolve("edge");
    if (TocsinCommand.execute("agent", "dist", "--to", folder.toString()) != 0) {
      throw new IOException("the folder for the edge was not made");
    }
    EdgeAgent agent = new EdgeAgent(folder, servers);
    agent.start("warm-up").waitFor();
    return agent;
  }

  /** Seconds from the start of the process to a record on the topic, the median of some starts. */
  double secondsToFirstRecord(int starts) throws IOException, InterruptedException {
    double[] seconds = new double[starts];
    for (int i = 0; i < starts; i++) {
      seconds[i] = secondsToFirstRecord();
    }
    Arrays.sort(seconds);
    return seconds[starts / 2];
  }

  /**
   * Resident memory and processor use with a serial port, a file and an HTTP source that have
   * nothing to do.
   */
  Map<String, Object> idle(Duration settle, Duration watched)
      throws IOException, InterruptedException {
    Path data = Files.createTempDirectory(folder, "idle");
    try (PseudoSerialPort _ = PseudoSerialPort.open(data.resolve("ttyUSB0"))) {
      Process process = run(data, "idle.log");
      try {
        Thread.sleep(settle);
        long before = ticks(process);
        Thread.sleep(watched);
        double seconds = (ticks(process) - before) / TICKS_PER_SECOND;
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("rss_mb", kilobytes(process) * 1024 / 1_000_000);
        figures.put("cpu_percent", Math.round(seconds / watched.toSeconds() * 10_000) / 100.0);
        return figures;
      } finally {
        process.destroy();
        process.waitFor();
      }
    }
  }

  private double secondsToFirstRecord() throws IOException, InterruptedException {
    Path data = Files.createTempDirectory(folder, "start");
    Files.writeString(data.resolve("first.log"), "{\"message\":\"the first\"}\n");
    try (KafkaConsumer<byte[], byte[]> consumer = atTheEnd()) {
      long begun = System.nanoTime();
      Process process = run(data, "first.log");
      try {
        while (consumer.poll(Duration.ofMillis(100)).isEmpty()) {
          if (!process.isAlive() || System.nanoTime() - begun > PATIENCE.toNanos()) {
            throw new IOException("the agent sent nothing; see " + folder);
          }
        }
        return (System.nanoTime() - begun) / 1e9;
      } finally {
        process.destroy();
        process.waitFor();
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> atTheEnd() {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.LOGS).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return consumer;
  }

  private Process run(Path data, String log) throws IOException {
    String sources =
        """
        agent: { name: edge-01, data: %1$s/data }
        sources:
          - file: { paths: ["%1$s/%2$s"], service: api, format: json }
          - http: { service: web }
          - serial:
              device: charger-01
              service: charger
              port: %1$s/ttyUSB0
              framing: { start: "<", end: ">" }
              parse: tagged-pairs
        kafka: { bootstrap-servers: "%3$s" }
        """
            .formatted(data, log, servers);
    Path config = Files.writeString(data.resolve("agent.yaml"), sources);
    return start("run", "--config", config.toString(), "--ops-port", "0");
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(folder.resolve("bin/tocsin-agent").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output").toFile()))
        .start();
  }

  private static long kilobytes(Process process) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  /** Fields 14 and 15 of {@code proc(5)}'s stat; the name before them is in parentheses. */
  private static long ticks(Process process) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }
}
