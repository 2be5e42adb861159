package io.tocsin.agent.source.host;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the machine says at one moment. What it does not know is null or empty.
 *
 * @param nanos when, on a clock that only goes on
 * @param cpu ticks spent since the start of the machine
 * @param load over 1, 5 and 15 minutes; negative where unknown
 * @param network by interface
 * @param diskIo by disk; the first counter is what was read
 * @param celsius of the CPU
 */
record Sample(
    long nanos,
    @Nullable Cpu cpu,
    @Nullable Space memory,
    @Nullable Space swap,
    List<Double> load,
    List<Disk> disks,
    Map<String, Traffic> network,
    Map<String, Traffic> diskIo,
    @Nullable Double celsius) {

  /** Ticks since the start of the machine. */
  record Cpu(long busy, long all) {}

  /** Bytes. */
  record Space(long used, long total) {}

  /**
   * A file system.
   *
   * @param used bytes, in files
   * @param free bytes that a program without privileges could still use
   */
  record Disk(String mount, long used, long free) {

    /** As {@code df} has it: what only root may use is neither used nor free. */
    double percent() {
      return 100.0 * used / (used + free);
    }
  }

  /** Bytes since the start of the machine; {@code in} is received or read. */
  record Traffic(long in, long out) {}
}
