package io.tocsin.faults;

import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.EmbeddedOpenSearch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A broker or a search node in a process of its own, so that it can be killed and comes back at the
 * same address with the same data. Not thread-safe.
 */
final class ServerProcess implements AutoCloseable {

  private static final long START_SECONDS = 300;

  /** What can be started. */
  enum Kind {
    KAFKA,
    OPENSEARCH
  }

  private final Kind kind;
  private final Path folder;
  private final int port;
  private final Map<String, String> settings;
  private Process process;

  private ServerProcess(Kind kind, Path folder, int port, Map<String, String> settings)
      throws IOException {
    this.kind = kind;
    this.folder = folder;
    this.port = port;
    this.settings = settings;
    this.process = launch();
  }

  /** Starts one on a free port and returns when it takes requests. */
  static ServerProcess start(Kind kind, Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Files.createDirectories(folder);
    ServerProcess server = new ServerProcess(kind, folder, port, settings);
    server.awaitReady();
    return server;
  }

  /** Host and port. */
  String address() {
    return "127.0.0.1:" + port;
  }

  /** What {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it again after {@link #kill}. */
  void restart() throws IOException, InterruptedException {
    process = launch();
    awaitReady();
  }

  /** Ends it in order, or by force when that takes too long. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (process.waitFor(20, TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException e) {
      process.destroyForcibly(); // its input is gone, so it is, or soon will be
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly().onExit().join();
  }

  private Process launch() throws IOException {
    Files.deleteIfExists(ready());
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                ServerProcess.class.getName(),
                kind.name(),
                folder.toString(),
                Integer.toString(port)));
    settings.forEach((key, value) -> command.add(key + "=" + value));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(
                folder.resolveSibling(kind.name().toLowerCase(Locale.ROOT) + ".out").toFile()))
        .start();
  }

  private Path ready() {
    return readyFile(folder);
  }

  private static Path readyFile(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".ready");
  }

  private void awaitReady() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!Files.exists(ready())) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException(kind + " did not start; see " + folder.getParent());
      }
      Thread.sleep(50);
    }
  }

  /**
   * The process itself: runs until its input ends.
   *
   * @param arguments kind, folder, port and settings as {@code key=value}
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    int port = Integer.parseInt(arguments[2]);
    Map<String, String> settings = new LinkedHashMap<>();
    for (String setting : List.of(arguments).subList(3, arguments.length)) {
      settings.put(
          setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
    }
    try (AutoCloseable server =
        Kind.valueOf(arguments[0]) == Kind.KAFKA
            ? EmbeddedKafka.start(new EmbeddedKafka.Options(folder, port, settings))
            : EmbeddedOpenSearch.start(new EmbeddedOpenSearch.Options(folder, port, settings))) {
      Files.createFile(readyFile(folder));
      while (System.in.read() >= 0) {
        // Nothing is said to it: it waits for the end.
      }
      Thread.currentThread().setName("closing " + server.getClass().getSimpleName());
    }
  }
}
