package io.tocsin.agent.spool;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a spool lives and how large it grows.
 *
 * @param directory created when missing; one process at a time
 * @param maxBytes of all segments; at least four segments' worth
 * @param segmentBytes of one file, after which the next is begun
 * @param forceEvery how long appended records are gathered before the disk is told to keep them;
 *     each waits that long at most
 */
public record SpoolOptions(Path directory, long maxBytes, long segmentBytes, Duration forceEvery) {

  public SpoolOptions {
    if (segmentBytes < 1024 || maxBytes < 4 * segmentBytes) {
      throw new IllegalArgumentException(
          "a spool holds at least four segments of 1 KiB: " + maxBytes + " / " + segmentBytes);
    }
  }

  /** Segments of 8 MiB, or smaller ones in a small spool, forced every 5 ms. */
  public static SpoolOptions in(Path directory, long maxBytes) {
    return new SpoolOptions(
        directory, maxBytes, Math.clamp(maxBytes / 16, 1024, 8 << 20), Duration.ofMillis(5));
  }
}
