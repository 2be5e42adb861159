package io.tocsin.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code tocsin up} in a process of its own. */
final class PlatformProcess implements AutoCloseable {

  private static final String READY = "Ctrl-C stops it";

  private final Process process;
  private String kafka = "";
  private URI search = URI.create("http://localhost");

  private PlatformProcess(Process process) {
    this.process = process;
  }

  /** Starts it and returns when it is ready. */
  static PlatformProcess start(Path data, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx640m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "io.tocsin.cli.Main",
            "up",
            "--data",
            data.toString(),
            "--http-port=0",
            "--kafka-port=0",
            "--opensearch-port=0"));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    PlatformProcess platform = new PlatformProcess(process);
    platform.awaitReady();
    return platform;
  }

  String kafka() {
    return kafka;
  }

  URI search() {
    return search;
  }

  /** What {@code kill -9} does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** What Ctrl-C does. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private void awaitReady() throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      String[] words = line.strip().split(" +", 2);
      if (words[0].equals("Kafka") && words.length == 2) {
        kafka = words[1];
      } else if (words[0].equals("OpenSearch") && words.length == 2) {
        search = URI.create(words[1]);
      } else if (line.startsWith(READY)) {
        Thread.ofVirtual().start(() -> drain(out));
        return;
      }
    }
    throw new IOException("the platform ended before it was ready:\n" + said);
  }

  /** A process that nobody listens to would stop at a full pipe. */
  private static void drain(BufferedReader out) {
    try {
      while (out.readLine() != null) {
        // Only what it stores counts here.
      }
    } catch (IOException e) {
      // The process was killed.
    }
  }
}
