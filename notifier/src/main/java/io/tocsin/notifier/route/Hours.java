package io.tocsin.notifier.route;

import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import io.tocsin.bootstrap.config.InvalidValueException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * Hours of the week, such as an office's. A span that ends before it begins goes over midnight and
 * belongs to the day it begins on.
 */
public record Hours(
    @Default("[monday, tuesday, wednesday, thursday, friday]") @Doc("on these days")
        List<DayOfWeek> days,
    @Default("00:00") @Doc("from this time on") String from,
    @Default("24:00") @Doc("until before this time") String to,
    @Doc("where: a time zone, such as Europe/Istanbul") ZoneId zone) {

  private static final int DAY = 24 * 60;

  public Hours {
    days = List.copyOf(days);
    InvalidValueException.require(!days.isEmpty(), "days", days, "must name at least one day");
    InvalidValueException.require(minutes(from) >= 0, "from", from, "must be a time, as 09:00");
    InvalidValueException.require(minutes(to) >= 0, "to", to, "must be a time, as 18:00 or 24:00");
    InvalidValueException.require(
        minutes(from) != minutes(to), "to", to, "must not be the same as from");
  }

  boolean contain(Instant instant) {
    ZonedDateTime local = instant.atZone(zone);
    int minute = local.toLocalTime().toSecondOfDay() / 60;
    int begin = minutes(from);
    int end = minutes(to);
    if (begin < end) {
      return days.contains(local.getDayOfWeek()) && minute >= begin && minute < end;
    }
    return (minute >= begin && days.contains(local.getDayOfWeek()))
        || (minute < end && days.contains(local.getDayOfWeek().minus(1)));
  }

  /** Minutes since midnight; -1 when it is no time. */
  private static int minutes(String text) {
    if (text.equals("24:00")) {
      return DAY;
    }
    try {
      return LocalTime.parse(text).toSecondOfDay() / 60;
    } catch (DateTimeParseException e) {
      return -1;
    }
  }

  @Override
  public String toString() {
    return from + " to " + to + " (" + zone + ")";
  }
}
