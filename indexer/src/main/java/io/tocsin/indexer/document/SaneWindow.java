package io.tocsin.indexer.document;

import io.tocsin.event.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Event times that are believed. A device with a dead clock battery says 1970 or 2099; each such
 * day would get an index of its own, and an index is not free. Not thread-safe.
 */
public final class SaneWindow {

  private final long earliest;
  private final Duration ahead;
  private final InstantSource clock;

  /** What was believed when the clock was last asked: asking costs as much as reading a time. */
  private long latest = Long.MIN_VALUE;

  /**
   * A window that moves with the clock.
   *
   * @param earliest the first instant that is believed
   * @param ahead how far an event may lie in the future
   * @param clock tells now
   */
  public SaneWindow(Instant earliest, Duration ahead, InstantSource clock) {
    this.earliest = earliest.toEpochMilli();
    this.ahead = ahead;
    this.clock = clock;
  }

  void require(long epochMillis) throws UnusableException {
    if (epochMillis < earliest) {
      throw outside(epochMillis, "before " + Timestamps.format(Instant.ofEpochMilli(earliest)));
    }
    if (epochMillis > latest) {
      latest = clock.millis() + ahead.toMillis();
      if (epochMillis > latest) {
        throw outside(epochMillis, "more than " + ahead.toHours() + " h ahead");
      }
    }
  }

  private static UnusableException outside(long epochMillis, String how) {
    return new UnusableException(
        Flaw.BAD_TS,
        "the event time " + Instant.ofEpochMilli(epochMillis) + " is " + how + ": not believed");
  }
}
