package io.tocsin.notifier.pipeline;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits that double up to a bound. Each is drawn between half of its nominal length and the whole,
 * so that processes that failed together do not come back together.
 */
record Backoff(Duration first, Duration longest, RandomGenerator random) {

  /**
   * How long to wait.
   *
   * @param failures in a row, at least 1
   */
  Duration after(int failures) {
    long doubled = first.toMillis() << Math.min(failures - 1, 30);
    long nominal = Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(nominal / 2 + random.nextLong(nominal / 2 + 1));
  }
}
