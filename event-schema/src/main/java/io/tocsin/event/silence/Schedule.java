package io.tocsin.event.silence;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Hours that come again: {@code every sunday 02:00-04:00 Europe/Istanbul}, {@code first sunday of
 * month 02:00-06:00 UTC}. Hours that end before they begin go over midnight and belong to the day
 * they begin on. Immutable, thread-safe.
 *
 * <p><b>When clocks change.</b> It holds whenever the zone's clock shows a time within the hours:
 * from the first moment the clock shows their start, or has leapt over it, to the last moment it
 * shows their end. So hours that the clock leaps over altogether do not happen on that day, and
 * hours that it shows twice happen from their first beginning to their second end.
 */
public final class Schedule {

  static final int DAY = 24 * 60;

  /** Longer than from any one to the next, even when a change of clocks swallows one. */
  private static final int SEARCHED_DAYS = 400;

  private final Occurrence occurrence;
  private final Set<DayOfWeek> days;
  private final int from;
  private final int to;
  private final ZoneId zone;

  /**
   * From checked parts.
   *
   * @param from minutes since midnight, 0 to 1439
   * @param to minutes since midnight, 0 to 1440, not equal to {@code from}
   */
  Schedule(Occurrence occurrence, Set<DayOfWeek> days, int from, int to, ZoneId zone) {
    this.occurrence = occurrence;
    this.days = EnumSet.copyOf(days);
    this.from = from;
    this.to = to;
    this.zone = zone;
  }

  /**
   * Reads what {@link #toString} writes. Days may be a list ({@code saturday,sunday}), {@code day}
   * or {@code weekday}; without a zone it is UTC.
   *
   * @throws IllegalArgumentException that says which part is wrong and what it should be
   */
  public static Schedule parse(String text) {
    return ScheduleText.parse(text);
  }

  /** The first one that ends after this moment; empty when there is none in the next year. */
  public Optional<Span> nextEndingAfter(Instant at) {
    // A day before the local date, for hours over midnight, and one for a zone that skipped a day.
    LocalDate first = at.atZone(zone).toLocalDate().minusDays(2);
    for (int i = 0; i < SEARCHED_DAYS; i++) {
      LocalDate date = first.plusDays(i);
      if (days.contains(date.getDayOfWeek()) && occurrence.includes(date)) {
        Span span = on(date);
        if (!span.isEmpty() && span.end().isAfter(at)) {
          return Optional.of(span);
        }
      }
    }
    return Optional.empty();
  }

  private Span on(LocalDate date) {
    int length = to > from ? to - from : DAY - from + to;
    LocalDateTime begin = date.atStartOfDay().plusMinutes(from);
    LocalDateTime end = begin.plusMinutes(length);
    return new Span(moment(begin, true), moment(end, false));
  }

  /** When the clock shows that: of two moments the first or last, of none that of the leap. */
  private Instant moment(LocalDateTime local, boolean first) {
    ZoneRules rules = zone.getRules();
    List<ZoneOffset> offsets = rules.getValidOffsets(local);
    if (offsets.isEmpty()) {
      return rules.getTransition(local).getInstant();
    }
    return local.toInstant(first ? offsets.getFirst() : offsets.getLast());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schedule schedule && schedule.toString().equals(toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** As {@link #parse} reads it, always with its zone. */
  @Override
  public String toString() {
    String which = occurrence.word() + " " + ScheduleText.daysOf(days);
    String month = occurrence == Occurrence.EVERY ? "" : " of month";
    return which + month + " " + clock(from) + "-" + clock(to) + " " + zone;
  }

  private static String clock(int minutes) {
    return minutes == DAY ? "24:00" : LocalTime.ofSecondOfDay(minutes * 60L).toString();
  }
}
