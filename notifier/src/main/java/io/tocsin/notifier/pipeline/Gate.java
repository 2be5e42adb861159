package io.tocsin.notifier.pipeline;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a receiver may be called next: its pace, what it asked for, and, after failures, a back-off.
 * While it is down only one message at a time finds that out, however many wait. Not thread-safe.
 */
final class Gate {

  /** A mistaken or hostile {@code Retry-After} must not silence a receiver for good. */
  static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

  private final Pace pace;
  private final Backoff backoff;

  /**
   * When the bucket is full again (the generic cell rate algorithm): each call moves it on by one
   * refill, and a call is allowed while it is less than {@code burst} refills away.
   */
  private Instant fullAt = Instant.MIN;

  private Instant closedUntil = Instant.MIN;
  private int failures;

  Gate(Pace pace, Backoff backoff) {
    this.pace = pace;
    this.backoff = backoff;
  }

  /** The earliest moment for the next call; may lie in the past. */
  Instant opensAt() {
    if (fullAt.equals(Instant.MIN)) {
      return closedUntil;
    }
    Instant earned = fullAt.minus(pace.refill().multipliedBy(pace.burst() - 1L));
    return earned.isAfter(closedUntil) ? earned : closedUntil;
  }

  /** A call is being made. */
  void pass(Instant now) {
    fullAt = (fullAt.isAfter(now) ? fullAt : now).plus(pace.refill());
  }

  /** It answered, whether it took the message or not. */
  void answered() {
    failures = 0;
  }

  /** True from the first failure in a row to the next answer. */
  boolean isDown() {
    return failures > 0;
  }

  /**
   * It failed.
   *
   * @param retryAfter what it asked for; null when it said nothing
   */
  void failed(Instant now, @Nullable Duration retryAfter) {
    failures++;
    Duration wait = backoff.after(failures);
    if (retryAfter != null && retryAfter.compareTo(wait) > 0) {
      wait = retryAfter.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : retryAfter;
    }
    closedUntil = now.plus(wait);
  }
}
