package io.tocsin.faults;

import io.tocsin.bootstrap.config.KafkaSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** A broker in a process of its own that can be killed and comes back on the same port. */
final class BrokerProcess implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);

  private final Path data;
  private final int port;
  private Process process;

  private BrokerProcess(Path data, int port) throws IOException {
    this.data = data;
    this.port = port;
    this.process = launch();
  }

  static BrokerProcess start(Path data) throws IOException, InterruptedException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = free.getLocalPort();
      free.close();
      BrokerProcess broker = new BrokerProcess(data, port);
      broker.awaitAnswer();
      return broker;
    }
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  KafkaSettings settings() {
    return KafkaSettings.of(bootstrapServers());
  }

  /** {@code kill -9}, and a new start on the same data; returns when it answers. */
  void killAndRestart() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    process = launch();
    awaitAnswer();
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            Broker.class.getName(),
            data.toString(),
            Integer.toString(port))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void awaitAnswer() throws InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      while (!answers(admin)) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new IllegalStateException("the broker on " + data + " does not start");
        }
      }
    }
  }

  private static boolean answers(Admin admin) throws InterruptedException {
    try {
      return !admin.describeCluster().nodes().get(1, TimeUnit.SECONDS).isEmpty()
          && admin.listTopics().names().get(1, TimeUnit.SECONDS) != null;
    } catch (ExecutionException | TimeoutException e) {
      return false; // not yet
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
