package io.tocsin.benchmarks.alerting;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * What a new group takes while there are more and more: up to 10,000, from there to 100,000, and so
 * on.
 */
final class Growing {

  private static final int FIRST = 10_000;
  private static final int FACTOR = 10;

  private final int groups;
  private final DoubleSupplier cpuSeconds;
  private final Map<Integer, Cost> costs = new LinkedHashMap<>();
  private int next;
  private long done;
  private long begun = System.nanoTime();
  private double cpuBegun;

  /**
   * What a new group took, in microseconds.
   *
   * @param wall of time
   * @param cpu of processor time, the compilers' included
   */
  record Cost(double wall, double cpu) {}

  Growing(int groups, DoubleSupplier cpuSeconds) {
    this.groups = groups;
    this.cpuSeconds = cpuSeconds;
    this.next = Math.min(FIRST, groups);
  }

  /** There are so many now. */
  void at(long now) {
    if (now < next || done >= groups) {
      return;
    }
    long time = System.nanoTime();
    double cpu = cpuSeconds.getAsDouble();
    long made = now - done;
    costs.put(next, new Cost((time - begun) / 1e3 / made, (cpu - cpuBegun) * 1e6 / made));
    done = now;
    begun = time;
    cpuBegun = cpu;
    while (next <= now && next < groups) {
      next = (int) Math.min((long) next * FACTOR, groups);
    }
  }

  /** By how many groups there were at the end of each stretch. */
  Map<Integer, Cost> costs() {
    return costs;
  }
}
