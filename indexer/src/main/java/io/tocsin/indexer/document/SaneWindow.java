package io.tocsin.indexer.document;

import io.tocsin.event.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Event times that are believed. A device with a dead clock battery says 1970 or 2099; each such
 * day would get an index of its own, and an index is not free.
 *
 * @param earliest the first instant that is believed
 * @param ahead how far an event may lie in the future
 * @param clock tells now
 */
public record SaneWindow(Instant earliest, Duration ahead, InstantSource clock) {

  void require(long epochMillis) throws UnusableException {
    if (epochMillis < earliest.toEpochMilli()) {
      throw outside(epochMillis, "before " + Timestamps.format(earliest));
    }
    if (epochMillis > clock.millis() + ahead.toMillis()) {
      throw outside(epochMillis, "more than " + ahead.toHours() + " h ahead");
    }
  }

  private static UnusableException outside(long epochMillis, String how) {
    return new UnusableException(
        Flaw.BAD_TS,
        "the event time " + Instant.ofEpochMilli(epochMillis) + " is " + how + ": not believed");
  }
}
