package io.tocsin.agent.source.file;

import java.time.Duration;

/**
 * How often a file source looks.
 *
 * @param poll between two looks at files that do not grow
 * @param discover between two looks for files that came or went
 * @param save between two saves of the checkpoints
 * @param quiet after how long a file whose name is gone is taken to be complete, and files that do
 *     not grow are looked at less often
 */
record Timing(Duration poll, Duration discover, Duration save, Duration quiet) {

  static final Timing USUAL =
      new Timing(
          Duration.ofMillis(50),
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5));

  private static final int CALM = 5;

  /** While nothing grows: each look wakes a processor that could sleep. */
  Timing idle() {
    return new Timing(poll.multipliedBy(CALM), discover.multipliedBy(CALM), save, quiet);
  }
}
