package io.tocsin.agent.parse;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * Turns a zone's wall-clock times into instants. A time within a gap is moved forward by the gap. A
 * time that the clock shows twice is the first of the two, unless the line before it was already
 * past that one: lines come in order. Not thread-safe.
 */
final class LocalTimes {

  /** Lines of several threads may overtake each other by this much. */
  private static final long DISORDER_SECONDS = 300;

  private static final long HOUR = 3600;

  private final ZoneRules rules;

  /** At first long ago, yet far enough from the end of numbers to be reckoned with. */
  private long lastSecond = Long.MIN_VALUE / 2;

  /** The hour, on the wall clock, throughout which {@link #cachedOffset} holds. */
  private long cachedHour = Long.MIN_VALUE;

  private int cachedOffset;

  LocalTimes(ZoneId zone) {
    this.rules = zone.getRules();
  }

  /**
   * The instant at which the wall clock shows this.
   *
   * @param wallSecond seconds since 1970-01-01T00:00 on the wall clock
   */
  Instant toInstant(long wallSecond, int nano) {
    long hour = Math.floorDiv(wallSecond, HOUR);
    if (hour != cachedHour) {
      LocalDateTime start = LocalDateTime.ofEpochSecond(hour * HOUR, 0, ZoneOffset.UTC);
      List<ZoneOffset> atStart = rules.getValidOffsets(start);
      if (atStart.size() == 1 && atStart.equals(rules.getValidOffsets(start.plusHours(1)))) {
        cachedHour = hour;
        cachedOffset = atStart.getFirst().getTotalSeconds();
      } else {
        return passed(Instant.ofEpochSecond(nearTransition(wallSecond), nano));
      }
    }
    return passed(Instant.ofEpochSecond(wallSecond - cachedOffset, nano));
  }

  private long nearTransition(long wallSecond) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(wallSecond, 0, ZoneOffset.UTC);
    List<ZoneOffset> valid = rules.getValidOffsets(time);
    if (valid.isEmpty()) {
      ZoneOffsetTransition gap = rules.getTransition(time);
      return wallSecond - gap.getOffsetBefore().getTotalSeconds();
    }
    long first = wallSecond - valid.getFirst().getTotalSeconds();
    return valid.size() == 2 && lastSecond - DISORDER_SECONDS > first
        ? wallSecond - valid.getLast().getTotalSeconds()
        : first;
  }

  private Instant passed(Instant instant) {
    lastSecond = instant.getEpochSecond();
    return instant;
  }
}
