package io.tocsin.agent.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times that programs write: ISO-8601 and its relatives (blank for T, comma for point,
 * slashes for dashes, with or without offset), seconds, milliseconds, microseconds or nanoseconds
 * since 1970, syslog's {@code Dec 10 06:55:46}, the web server's {@code 10/Dec/2025:06:55:46
 * +0300}, and RFC 1123. Not thread-safe.
 */
final class EventTimes {

  /** What a clock may be ahead of ours before a year is taken to be the last one. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private static final DateTimeFormatter WEB_SERVER =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);

  private final LocalTimes local;
  private final IsoTime iso;
  private final ZoneId zone;

  EventTimes(ZoneId zone) {
    this.zone = zone;
    this.local = new LocalTimes(zone);
    this.iso = new IsoTime(local);
  }

  /** The same of bytes that are ASCII. */
  @Nullable Instant read(byte[] text, int from, int to, Instant readAt) {
    @Nullable Instant quick = iso.read(text, from, to);
    return quick != null ? quick : read(new String(text, from, to - from, UTF_8), readAt);
  }

  /** The time that {@code text} says; null when it says none. */
  @Nullable Instant read(String text, Instant readAt) {
    String time = text.strip();
    if (time.isEmpty()) {
      return null;
    }
    byte[] bytes = time.getBytes(UTF_8);
    @Nullable Instant quick = iso.read(bytes, 0, bytes.length);
    if (quick != null) {
      return quick;
    }
    try {
      char first = time.charAt(0);
      if (Character.isLetter(first)) {
        return time.indexOf(',') > 0 ? rfc1123(time) : syslog(time, readAt);
      }
      return time.indexOf('/') > 0
          ? OffsetDateTime.parse(time, WEB_SERVER).toInstant()
          : EpochTime.read(time);
    } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
      return null;
    }
  }

  private static Instant rfc1123(String time) {
    return ZonedDateTime.parse(time, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }

  /** Syslog names no year: it is the last one in which the time is not in the future. */
  private Instant syslog(String time, Instant readAt) {
    Instant limit = readAt.plus(AHEAD);
    int year = limit.atZone(zone).getYear();
    String single = time.replaceFirst(" +", " ");
    for (int back = 0; back < 4; back++) {
      @Nullable LocalDateTime candidate = inYear(single, year - back);
      if (candidate != null) {
        Instant instant = local.toInstant(candidate.toEpochSecond(ZoneOffset.UTC), 0);
        if (!instant.isAfter(limit)) {
          return instant;
        }
      }
    }
    throw new DateTimeException("no such day in these years: " + time);
  }

  private static @Nullable LocalDateTime inYear(String time, int year) {
    try {
      return LocalDateTime.parse(
          time,
          new DateTimeFormatterBuilder()
              .appendPattern("MMM d HH:mm:ss")
              .parseDefaulting(ChronoField.YEAR, year)
              .toFormatter(Locale.ROOT)
              .withResolverStyle(java.time.format.ResolverStyle.STRICT));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
