package io.tocsin.agent.source;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Pauses between attempts: doubling from 0.5 s to 30 s, each cut by up to a quarter at random. Not
 * thread-safe.
 */
public final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** Many agents that lost one thing together must not come back together. */
  private static final double JITTER = 0.25;

  private final DoubleSupplier random;
  private Duration next = FIRST;

  /**
   * Begins with the shortest pause.
   *
   * @param random evenly distributed over [0, 1)
   */
  public Backoff(DoubleSupplier random) {
    this.random = random;
  }

  /** How long to wait before the next attempt. */
  public Duration next() {
    Duration pause = next;
    next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
    double share = 1 - JITTER * random.getAsDouble();
    return Duration.ofNanos((long) (pause.toNanos() * share));
  }

  /** An attempt went well. */
  public void reset() {
    next = FIRST;
  }
}
