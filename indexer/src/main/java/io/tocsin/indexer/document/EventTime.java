package io.tocsin.indexer.document;

import io.tocsin.event.MalformedEventException;
import io.tocsin.event.Timestamps;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Event times as milliseconds since 1970. The form that Tocsin itself writes, {@code
 * 2026-11-21T10:15:30[.fraction]Z}, is read without making objects: it is read for every record.
 */
final class EventTime {

  static final long DAY = 86_400_000L;

  private EventTime() {}

  static long parse(String text) throws UnusableException {
    long fast = parseUtc(text);
    if (fast != Long.MIN_VALUE) {
      return fast;
    }
    try {
      return Timestamps.parse(text).toEpochMilli();
    } catch (MalformedEventException | ArithmeticException e) {
      throw new UnusableException(Flaw.BAD_TS, String.valueOf(e.getMessage()));
    }
  }

  /** {@link Long#MIN_VALUE} for any other form, right or wrong. */
  private static long parseUtc(String s) {
    int length = s.length();
    if (length < 20
        || s.charAt(length - 1) != 'Z'
        || s.charAt(4) != '-'
        || s.charAt(7) != '-'
        || s.charAt(10) != 'T'
        || s.charAt(13) != ':'
        || s.charAt(16) != ':') {
      return Long.MIN_VALUE;
    }
    int year = digits(s, 0, 4);
    int month = digits(s, 5, 7);
    int day = digits(s, 8, 10);
    int hour = digits(s, 11, 13);
    int minute = digits(s, 14, 16);
    int second = digits(s, 17, 19);
    int millis = fraction(s, length - 1);
    // Any negative part makes the whole negative.
    if ((year | month | day | hour | minute | second | millis) < 0
        || hour > 23
        || minute > 59
        || second > 59) {
      return Long.MIN_VALUE;
    }
    try {
      return LocalDate.of(year, month, day).toEpochDay() * DAY
          + ((hour * 60L + minute) * 60 + second) * 1000
          + millis;
    } catch (DateTimeException e) {
      return Long.MIN_VALUE;
    }
  }

  private static int fraction(String s, int end) {
    if (end == 19) {
      return 0;
    }
    if (s.charAt(19) != '.' || end == 20 || end > 29) {
      return -1;
    }
    int millis = 0;
    for (int i = 20; i < Math.max(end, 23); i++) {
      int digit = i < end ? s.charAt(i) - '0' : 0;
      if (digit < 0 || digit > 9) {
        return -1;
      }
      if (i < 23) {
        millis = millis * 10 + digit;
      }
    }
    return millis;
  }

  private static int digits(String s, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = s.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
