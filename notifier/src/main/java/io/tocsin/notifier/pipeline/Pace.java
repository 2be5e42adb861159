package io.tocsin.notifier.pipeline;

import java.time.Duration;

/**
 * How often a receiver may be called: a token bucket.
 *
 * @param burst how many calls may follow each other at once; at least 1
 * @param refill how long one more call takes to be earned; zero for no limit
 */
public record Pace(int burst, Duration refill) {

  /** No limit. */
  public static final Pace FREE = new Pace(1, Duration.ZERO);

  public Pace {
    if (burst < 1 || refill.isNegative()) {
      throw new IllegalArgumentException("burst " + burst + ", refill " + refill);
    }
  }
}
