package io.tocsin.indexer.bulk;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing pauses with jitter: the n-th is drawn from the upper half of {@code first · 2ⁿ}, at most
 * {@code longest}, so that two requests that failed together do not come back together. Not
 * thread-safe.
 */
public final class Backoff {

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private int failures;

  public Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /** How long to wait before the next try. */
  public Duration next() {
    long ceiling = first.toMillis() << Math.min(failures++, 20);
    long bound = Math.max(2, Math.min(ceiling, longest.toMillis()));
    return Duration.ofMillis(bound / 2 + random.nextLong(bound / 2 + 1));
  }

  /** It works again. */
  public void reset() {
    failures = 0;
  }
}
