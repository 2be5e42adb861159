package io.tocsin.agent.source.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A bucket of events that fills at a steady rate and holds two seconds' worth. It may be drawn
 * below zero by a batch, which those who come after it wait for. Thread-safe.
 */
final class RateLimit {

  private static final double NANOS = 1e9;
  private static final double BURST_SECONDS = 2;

  private final double perSecond;
  private final LongSupplier nanoTime;
  private double level;
  private long filledAt;

  RateLimit(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.level = perSecond * BURST_SECONDS;
    this.filledAt = nanoTime.getAsLong();
  }

  /** Takes one event out; or says how long to wait, when there is none. Zero when it was taken. */
  synchronized Duration takeOne() {
    fill();
    if (level >= 1) {
      level -= 1;
      return Duration.ZERO;
    }
    return Duration.ofNanos((long) Math.ceil((1 - level) / perSecond * NANOS));
  }

  /** Takes more out, whether it is there or not. */
  synchronized void draw(int events) {
    level -= events;
  }

  private void fill() {
    long now = nanoTime.getAsLong();
    level = Math.min(perSecond * BURST_SECONDS, level + (now - filledAt) / NANOS * perSecond);
    filledAt = now;
  }
}
