package io.tocsin.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/** Event times on the wire: RFC 3339 in UTC with milliseconds. */
public final class Timestamps {

  private static final DateTimeFormatter WIRE =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.MILLI_OF_SECOND, 3, 3, true)
          .appendLiteral('Z')
          .toFormatter()
          .withZone(ZoneOffset.UTC);

  /** Characters of a time on the wire. */
  public static final int LENGTH = "2025-12-10T12:00:04.000Z".length();

  private static final long DAY = 86_400;
  private static final long YEAR_0 = LocalDate.of(0, 1, 1).toEpochDay() * DAY;
  private static final long YEAR_10000 = LocalDate.of(10_000, 1, 1).toEpochDay() * DAY;

  private Timestamps() {}

  /** {@code 2025-12-10T12:00:04.000Z}; finer parts are cut, not rounded. */
  public static String format(Instant instant) {
    if (!isCanonical(instant)) {
      return WIRE.format(instant);
    }
    byte[] text = new byte[LENGTH];
    write(instant, text, 0);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Whether the year has four digits, so that the text has {@link #LENGTH} characters. */
  public static boolean isCanonical(Instant instant) {
    long second = instant.getEpochSecond();
    return second >= YEAR_0 && second < YEAR_10000;
  }

  /** Writes {@link #LENGTH} bytes of a {@linkplain #isCanonical canonical} instant. */
  public static void write(Instant instant, byte[] text, int at) {
    // By hand: it is done for every record, and the formatter would be a tenth of its cost.
    long second = instant.getEpochSecond();
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, DAY));
    int time = (int) Math.floorMod(second, DAY);
    digits(text, at, 4, date.getYear());
    text[at + 4] = '-';
    digits(text, at + 5, 2, date.getMonthValue());
    text[at + 7] = '-';
    digits(text, at + 8, 2, date.getDayOfMonth());
    text[at + 10] = 'T';
    digits(text, at + 11, 2, time / 3600);
    text[at + 13] = ':';
    digits(text, at + 14, 2, time / 60 % 60);
    text[at + 16] = ':';
    digits(text, at + 17, 2, time % 60);
    text[at + 19] = '.';
    digits(text, at + 20, 3, instant.getNano() / 1_000_000);
    text[at + 23] = 'Z';
  }

  private static void digits(byte[] text, int from, int count, int value) {
    int left = value;
    for (int i = from + count - 1; i >= from; i--) {
      text[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }

  /**
   * Reads an RFC 3339 time of any offset and fineness.
   *
   * @throws MalformedEventException when {@code text} is no such time
   */
  public static Instant parse(String text) throws MalformedEventException {
    Instant canonical = parseCanonical(text);
    if (canonical != null) {
      return canonical;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new MalformedEventException("bad_ts", "ts is no RFC 3339 time: '" + clip(text) + "'");
    }
  }

  /** What {@link #format} writes, by hand for the same reason; null for any other form. */
  private static @Nullable Instant parseCanonical(String text) {
    if (text.length() != LENGTH
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || text.charAt(19) != '.'
        || text.charAt(23) != 'Z') {
      return null;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 2);
    int day = number(text, 8, 2);
    int hour = number(text, 11, 2);
    int minute = number(text, 14, 2);
    int second = number(text, 17, 2);
    int millis = number(text, 20, 3);
    if (year < 0
        || month < 1
        || month > 12
        || day < 1
        || day > YearMonth.of(year, month).lengthOfMonth()
        || hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 59
        || millis < 0) {
      return null;
    }
    long time = hour * 3600L + minute * 60L + second;
    long at = LocalDate.of(year, month, day).toEpochDay() * DAY + time;
    return Instant.ofEpochSecond(at, millis * 1_000_000L);
  }

  /** So many digits; -1 when there is anything else among them. */
  private static int number(String text, int from, int count) {
    int number = 0;
    for (int i = from; i < from + count; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private static String clip(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
