package io.tocsin.faults.stage;

import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.EmbeddedOpenSearch;
import java.io.IOException;
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
public final class ServerProcess implements AutoCloseable {

  private static final long START_SECONDS = 300;

  private enum Kind {
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

  /** Starts a broker on a free port, with these settings, and returns when it takes requests. */
  public static ServerProcess kafka(Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    return start(Kind.KAFKA, folder, settings);
  }

  /** Starts a search node, as {@link #kafka} starts a broker. */
  public static ServerProcess openSearch(Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    return start(Kind.OPENSEARCH, folder, settings);
  }

  private static ServerProcess start(Kind kind, Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    ServerProcess server = new ServerProcess(kind, folder, FreePort.find(), settings);
    server.awaitReady();
    return server;
  }

  /** Host and port. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** What {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it again after {@link #kill} or {@link #stop}. */
  public void restart() throws IOException, InterruptedException {
    process = launch();
    awaitReady();
  }

  /** Ends it in order, or by force when that takes too long. */
  public void stop() {
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

  @Override
  public void close() {
    stop();
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
