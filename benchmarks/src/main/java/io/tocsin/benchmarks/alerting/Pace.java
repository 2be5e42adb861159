package io.tocsin.benchmarks.alerting;

import java.util.function.DoubleSupplier;

/** How fast a backlog is worked off: its first part from a cold start, and the rest. */
final class Pace {

  private final long warmUp;
  private final long events;
  private final DoubleSupplier cpuSeconds;
  private final Stretch cold = new Stretch();
  private final Stretch warm = new Stretch();

  /** From the first look at which anything is done. */
  private static final class Stretch {
    private long begun;
    private double cpuBegun;
    private long first;
    private double rate;
    private double cpuMicros;

    void at(long done, long now, double cpu) {
      if (begun == 0) {
        begun = now;
        first = done;
        cpuBegun = cpu;
      } else if (done > first) {
        rate = (done - first) / ((now - begun) / 1e9);
        cpuMicros = (cpu - cpuBegun) * 1e6 / (done - first);
      }
    }
  }

  /**
   * A backlog.
   *
   * @param warmUp how many belong to its first part
   * @param events how many there are in all
   * @param cpuSeconds what the process that works it off has used of the processors
   */
  Pace(long warmUp, long events, DoubleSupplier cpuSeconds) {
    this.warmUp = warmUp;
    this.events = events;
    this.cpuSeconds = cpuSeconds;
  }

  /** So many are done now. */
  void at(long done) {
    long now = System.nanoTime();
    double cpu = cpuSeconds.getAsDouble();
    if (done > 0 && warm.begun == 0) {
      cold.at(done, now, cpu);
    }
    if (done >= warmUp && done > 0) {
      warm.at(Math.min(done, events), now, cpu);
    }
  }

  /** Events a second of the first part. */
  double cold() {
    return cold.rate;
  }

  /** Events a second of the rest. */
  double warm() {
    return warm.rate;
  }

  /** Microseconds of processor time that an event of the rest took. */
  double warmCpuMicros() {
    return warm.cpuMicros;
  }
}
