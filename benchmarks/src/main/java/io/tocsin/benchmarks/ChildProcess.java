package io.tocsin.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own for one part of a benchmark, so that each part's CPU and memory are its own. */
public final class ChildProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;

  private ChildProcess(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts a class of this class path with this JVM's own flags but the heap given. */
  public static ChildProcess start(Class<?> main, String heap, List<String> arguments)
      throws IOException {
    return start(main, List.of("-Xmx" + heap), arguments);
  }

  /** The same with other flags in place of the heap. */
  public static ChildProcess start(Class<?> main, List<String> flags, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            // Compiler threads come and go otherwise, and what they used goes with them.
            "-XX:-UseDynamicNumberOfCompilerThreads",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(arguments);
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The next line it prints that begins with {@code mark}, without the mark. */
  public String await(String mark) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(mark)) {
        return line.substring(mark.length());
      }
    }
    throw new IOException("a part of the benchmark ended without saying " + mark.strip());
  }

  /** What it has used of the processors so far, in seconds. */
  public double cpuSeconds() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  /** {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Gives it a line to read. */
  public void say(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Asks it to end by closing its input, and waits. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
    process.onExit().join();
  }
}
