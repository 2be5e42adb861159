package io.tocsin.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;

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

  private static final int LENGTH = "2025-12-10T12:00:04.000Z".length();
  private static final long DAY = 86_400;
  private static final long YEAR_0 = LocalDate.of(0, 1, 1).toEpochDay() * DAY;
  private static final long YEAR_10000 = LocalDate.of(10_000, 1, 1).toEpochDay() * DAY;

  private Timestamps() {}

  /** {@code 2025-12-10T12:00:04.000Z}; finer parts are cut, not rounded. */
  public static String format(Instant instant) {
    long second = instant.getEpochSecond();
    if (second < YEAR_0 || second >= YEAR_10000) {
      return WIRE.format(instant);
    }
    // By hand: it is done for every record, and the formatter would be a tenth of its cost.
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, DAY));
    int time = (int) Math.floorMod(second, DAY);
    byte[] text = new byte[LENGTH];
    digits(text, 0, 4, date.getYear());
    text[4] = '-';
    digits(text, 5, 2, date.getMonthValue());
    text[7] = '-';
    digits(text, 8, 2, date.getDayOfMonth());
    text[10] = 'T';
    digits(text, 11, 2, time / 3600);
    text[13] = ':';
    digits(text, 14, 2, time / 60 % 60);
    text[16] = ':';
    digits(text, 17, 2, time % 60);
    text[19] = '.';
    digits(text, 20, 3, instant.getNano() / 1_000_000);
    text[23] = 'Z';
    return new String(text, StandardCharsets.ISO_8859_1);
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
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new MalformedEventException("bad_ts", "ts is no RFC 3339 time: '" + clip(text) + "'");
    }
  }

  private static String clip(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
