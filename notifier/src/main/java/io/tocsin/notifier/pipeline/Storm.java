package io.tocsin.notifier.pipeline;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether a storm rages at one receiver: more than so many notifications, told and waiting, within
 * a time. It begins with the very one that is too many, so a thousand at once are never begun to be
 * told one by one. Not thread-safe.
 */
final class Storm {

  private final Storms limits;

  /** When the last ones were told, the newest last; more than the limit need not be known. */
  private final Deque<Instant> told = new ArrayDeque<>();

  private Instant lastInStorm = Instant.MIN;

  Storm(Storms limits) {
    this.limits = limits;
  }

  /** Whether what waits is to be summed up. */
  boolean rages(Instant now, int waiting) {
    Instant begin = now.minus(limits.within());
    while (!told.isEmpty() && !told.getFirst().isAfter(begin)) {
      told.removeFirst();
    }
    return waiting > 0 && told.size() + waiting > limits.over();
  }

  /** The earliest moment to tell anything while it rages; may lie in the past. */
  Instant opensAt() {
    return lastInStorm.equals(Instant.MIN)
        ? Instant.MIN
        : lastInStorm.plus(limits.within().dividedBy(2));
  }

  /**
   * So many were told at once.
   *
   * @param raging whether it raged
   */
  void told(Instant now, int notifications, boolean raging) {
    for (int i = 0; i < Math.min(notifications, limits.over()); i++) {
      told.addLast(now);
      if (told.size() > limits.over()) {
        told.removeFirst();
      }
    }
    if (raging) {
      lastInStorm = now;
    }
  }
}
