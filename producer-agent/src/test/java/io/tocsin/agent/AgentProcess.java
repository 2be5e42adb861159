package io.tocsin.agent;

import static org.awaitility.Awaitility.await;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** An agent in a JVM of its own, to be killed. */
final class AgentProcess {

  private final Process process;

  private AgentProcess(Process process) {
    this.process = process;
  }

  /** Runs the agent of a file against a cluster until it is killed. */
  public static void main(String[] args) throws Exception {
    AgentFile file = ConfigReader.read(Path.of(args[0]), AgentFile.class);
    new AgentService(file, KafkaSettings.of(args[1]), new Metrics(), Clock.systemUTC()).start();
    Files.createFile(Path.of(args[2]));
    Thread.currentThread().join();
  }

  /** Starts it, and returns when its sources are being read. */
  static AgentProcess start(Path file, KafkaSettings kafka, Path output) throws IOException {
    Path running = output.resolveSibling("running");
    Files.deleteIfExists(running);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AgentProcess.class.getName(),
                file.toString(),
                kafka.bootstrapServers(),
                running.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(output.toString())))
            .start();
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(running) || !process.isAlive());
    return new AgentProcess(process);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
