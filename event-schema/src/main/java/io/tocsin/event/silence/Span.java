package io.tocsin.event.silence;

import java.time.Instant;

/**
 * A stretch of time.
 *
 * @param start its first moment
 * @param end the first moment after it; {@link Instant#MAX} when it does not end
 */
public record Span(Instant start, Instant end) {

  /** Whether the moment lies in it. */
  public boolean contains(Instant at) {
    return !at.isBefore(start) && at.isBefore(end);
  }

  boolean isEmpty() {
    return !start.isBefore(end);
  }

  /** What both have in common; may be empty. */
  Span within(Span other) {
    return new Span(
        start.isAfter(other.start) ? start : other.start,
        end.isBefore(other.end) ? end : other.end);
  }
}
