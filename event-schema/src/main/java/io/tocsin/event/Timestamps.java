package io.tocsin.event;

import java.time.Instant;
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

  private Timestamps() {}

  /** {@code 2025-12-10T12:00:04.000Z}; finer parts are cut, not rounded. */
  public static String format(Instant instant) {
    return WIRE.format(instant);
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
