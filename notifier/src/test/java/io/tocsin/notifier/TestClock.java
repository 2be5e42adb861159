package io.tocsin.notifier;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until it is moved. */
public final class TestClock extends Clock {

  private volatile Instant now = Instant.parse("2025-12-10T12:00:00Z");

  public void advance(Duration by) {
    now = now.plus(by);
  }

  public void advanceTo(Instant to) {
    now = to.isAfter(now) ? to : now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
