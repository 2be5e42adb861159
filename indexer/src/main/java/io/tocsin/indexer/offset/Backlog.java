package io.tocsin.indexer.offset;

import java.util.OptionalLong;

/**
 * What is not settled of a topic.
 *
 * @param records on the topic that are not settled
 * @param appendedMillis when the oldest of them was appended, since 1970; {@link Long#MAX_VALUE}
 *     when there is none, or nothing was read yet
 * @param takenNanos when the oldest that is in hand was taken in, by {@link System#nanoTime}; empty
 *     when none is in hand
 */
public record Backlog(long records, long appendedMillis, OptionalLong takenNanos) {

  /** Everything is settled. */
  static final Backlog NONE = new Backlog(0, Long.MAX_VALUE);

  Backlog(long records, long appendedMillis) {
    this(records, appendedMillis, OptionalLong.empty());
  }

  /** Of two partitions of one topic. */
  Backlog with(Backlog other) {
    return new Backlog(
        records + other.records,
        Math.min(appendedMillis, other.appendedMillis),
        earlier(takenNanos, other.takenNanos));
  }

  /** By their difference, for nanoTime() may overflow. */
  private static OptionalLong earlier(OptionalLong a, OptionalLong b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    return a.getAsLong() - b.getAsLong() <= 0 ? a : b;
  }
}
