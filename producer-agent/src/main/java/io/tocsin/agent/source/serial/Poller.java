package io.tocsin.agent.source.serial;

import java.util.function.LongSupplier;

/** Sends the poll's bytes when they are due: at once on a new connection, then every interval. */
final class Poller {

  private final byte[] bytes;
  private final long everyNanos;
  private final LongSupplier nanoTime;
  private final SerialMetrics metrics;
  private long dueAt;

  Poller(PollSettings settings, LongSupplier nanoTime, SerialMetrics metrics) {
    this.bytes = settings.bytes();
    this.everyNanos = settings.every().toNanos();
    this.nanoTime = nanoTime;
    this.metrics = metrics;
    restart();
  }

  void restart() {
    dueAt = nanoTime.getAsLong();
  }

  void pollWhenDue(SerialLink link) {
    long now = nanoTime.getAsLong();
    if (now - dueAt >= 0) {
      metrics.polled(link.write(bytes));
      // A thread that was held up does not make up for what it missed.
      dueAt = Math.max(dueAt + everyNanos, now);
    }
  }
}
