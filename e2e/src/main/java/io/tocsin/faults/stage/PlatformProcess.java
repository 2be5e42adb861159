package io.tocsin.faults.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real {@code tocsin up} in a process of its own, so that it can be killed. */
public final class PlatformProcess implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Under nohup the signal would be ignored by our children too, and the JVM keeps to that. */
  private static final List<String> HEEDING_HANG_UP = List.of("env", "--default-signal=HUP");

  private final Process process;
  private final Path output;

  private PlatformProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts {@code tocsin up} on free ports with the given data and further arguments. */
  public static PlatformProcess start(Path data, String... arguments) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "up",
                "--data",
                data.toString(),
                "--http-port",
                "0",
                "--kafka-port",
                "0",
                "--opensearch-port",
                "0"));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  /** Starts any {@code tocsin} command. */
  public static PlatformProcess run(String... arguments) throws IOException {
    return run(Map.of(), arguments);
  }

  /** The same with more in its environment. */
  public static PlatformProcess run(Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(hangUpIsIgnored() ? HEEDING_HANG_UP : List.of());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx640m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "io.tocsin.cli.Main"));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("tocsin-up", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().putAll(environment);
    return new PlatformProcess(builder.start(), output);
  }

  private static boolean hangUpIsIgnored() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) != 0);
  }

  /** Waits until every service is ready and its addresses are printed. */
  public PlatformProcess awaitReady() throws InterruptedException {
    return awaitPrinted("Ctrl-C stops it");
  }

  /** Waits until it has printed something. */
  public PlatformProcess awaitPrinted(String text) throws InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (!output().contains(text)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("the process did not print " + text + ":\n" + output());
      }
      Thread.sleep(100);
    }
    return this;
  }

  /** Where the console answers. */
  public URI console() {
    return URI.create(printed("console +(\\S+)/"));
  }

  /** Where the broker listens. */
  public String bootstrapServers() {
    return printed("Kafka {2,}(\\S+)");
  }

  /** Where the search node answers. */
  public URI openSearch() {
    return URI.create(printed("OpenSearch {2,}(http\\S+)"));
  }

  /** All that it printed so far. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it has not ended yet. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** What {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** What Ctrl-C or SIGTERM does; how long it took to end. */
  public Duration stop() throws InterruptedException {
    long begun = System.nanoTime();
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still running a minute after SIGTERM");
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Waits for its end; its exit status. */
  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still running after a minute");
    }
    return process.exitValue();
  }

  /** Asks one of its addresses. */
  public static HttpResponse<String> get(URI base, String path)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    Files.deleteIfExists(output);
  }

  private String printed(String regex) {
    Matcher matcher = Pattern.compile(regex).matcher(output());
    if (!matcher.find()) {
      throw new IllegalStateException("not printed: " + regex + "\n" + output());
    }
    return matcher.group(1);
  }
}
