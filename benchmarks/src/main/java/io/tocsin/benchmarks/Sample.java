package io.tocsin.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What one pass over the records cost.
 *
 * @param seconds wall-clock time
 * @param cpuMicros CPU time of the whole process for each record, in microseconds
 * @param compilerMicros how much of it the just-in-time compiler took: it ends by itself when a
 *     process has run for a while
 * @param rssMib the process's peak resident memory so far, in MiB
 */
public record Sample(double seconds, double cpuMicros, double compilerMicros, long rssMib) {

  /** A piece of work. */
  public interface Work {
    /** Does it. */
    void run() throws IOException, InterruptedException;
  }

  /** Runs the work and measures it. */
  public static Sample of(long records, Work work) throws IOException, InterruptedException {
    Meter meter = new Meter();
    meter.begin();
    work.run();
    return meter.end(records);
  }

  /** Measures from one moment to another. Not thread-safe. */
  public static final class Meter {
    private final com.sun.management.OperatingSystemMXBean system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long wall;
    private long cpu;
    private double compiler;

    /** Counts from now on. */
    public void begin() throws IOException {
      compiler = CompilerTime.seconds();
      cpu = system.getProcessCpuTime();
      wall = System.nanoTime();
    }

    /** What it took since {@link #begin} to do so many records. */
    public Sample end(long records) throws IOException {
      double seconds = (System.nanoTime() - wall) / 1e9;
      double micros = (system.getProcessCpuTime() - cpu) / 1e3;
      double compiling = (CompilerTime.seconds() - compiler) * 1e6;
      return new Sample(seconds, micros / records, compiling / records, peakRss());
    }
  }

  /** CPU time without the just-in-time compiler's for each record, in microseconds. */
  public double ownMicros() {
    return cpuMicros - compilerMicros;
  }

  /** As a line a parent process reads back with {@link #parse}. */
  public String line() {
    return seconds + " " + cpuMicros + " " + compilerMicros + " " + rssMib;
  }

  /** Reads {@link #line} back. */
  public static Sample parse(String line) {
    String[] parts = line.split(" ", -1);
    return new Sample(
        Double.parseDouble(parts[0]),
        Double.parseDouble(parts[1]),
        Double.parseDouble(parts[2]),
        Long.parseLong(parts[3]));
  }

  private static long peakRss() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return 0;
  }
}
