package io.tocsin.faults;

import io.tocsin.bootstrap.StopSignal;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.topics.TopicAdmin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A broker in a process of its own, so that it can be killed. */
final class LoneBroker implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);

  private final Path folder;
  private String servers = "";
  private Process process;

  private LoneBroker(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /**
   * Arguments: data folder, port, the file that gets the address once the broker takes requests.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (StopSignal stop = StopSignal.listen();
        EmbeddedKafka kafka =
            EmbeddedKafka.start(
                new EmbeddedKafka.Options(
                    Path.of(arguments[0]), Integer.parseInt(arguments[1]), Map.of()))) {
      TopicAdmin.applyDefaults(KafkaSettings.of(kafka.bootstrapServers()));
      Path scratch = Path.of(arguments[2] + ".tmp");
      Files.writeString(scratch, kafka.bootstrapServers());
      Files.move(scratch, Path.of(arguments[2]));
      while (!stop.await(Duration.ofMinutes(1))) {
        // It has nothing to do but to be there.
      }
    }
  }

  static LoneBroker start(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    LoneBroker broker = new LoneBroker(folder, launch(folder, "0"));
    broker.awaitReady();
    return broker;
  }

  String bootstrapServers() {
    return servers;
  }

  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Comes back at the same address with the same data. */
  void restart() throws IOException, InterruptedException {
    process = launch(folder, servers.substring(servers.lastIndexOf(':') + 1));
    awaitReady();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private void awaitReady() throws IOException, InterruptedException {
    Path ready = folder.resolve("ready");
    long end = System.nanoTime() + START.toNanos();
    while (!Files.exists(ready)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("the broker did not start; its output is in " + folder);
      }
      Thread.sleep(50);
    }
    servers = Files.readString(ready);
  }

  private static Process launch(Path folder, String port) throws IOException {
    Path ready = folder.resolve("ready");
    Files.deleteIfExists(ready);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            LoneBroker.class.getName(),
            folder.resolve("data").toString(),
            port,
            ready.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output").toFile()))
        .start();
  }
}
