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
 * @param rssMib the process's peak resident memory so far, in MiB
 */
public record Sample(double seconds, double cpuMicros, long rssMib) {

  /** A piece of work. */
  public interface Work {
    /** Does it. */
    void run() throws IOException, InterruptedException;
  }

  /** Runs the work and measures it. */
  public static Sample of(long records, Work work) throws IOException, InterruptedException {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long wall = System.nanoTime();
    work.run();
    wall = System.nanoTime() - wall;
    cpu = system.getProcessCpuTime() - cpu;
    return new Sample(wall / 1e9, cpu / 1e3 / records, peakRss());
  }

  /** As a line a parent process reads back with {@link #parse}. */
  public String line() {
    return seconds + " " + cpuMicros + " " + rssMib;
  }

  /** Reads {@link #line} back. */
  public static Sample parse(String line) {
    String[] parts = line.split(" ", -1);
    return new Sample(
        Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Long.parseLong(parts[2]));
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
