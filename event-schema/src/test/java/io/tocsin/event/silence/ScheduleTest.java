package io.tocsin.event.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {

  /** Zones that change clocks by an hour, by half of one, at midnight, not at all, and by a day. */
  private static final List<String> ZONES =
      List.of(
          "Europe/Berlin",
          "Australia/Lord_Howe",
          "America/Sao_Paulo",
          "Africa/Cairo",
          "Europe/Istanbul",
          "Pacific/Apia",
          "UTC");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          every sunday 02:00-04:00 Europe/Istanbul  | every sunday 02:00-04:00 Europe/Istanbul
          first sunday of month 02:00-06:00         | first sunday of month 02:00-06:00 UTC
          Every Sunday,Saturday 22:00-02:00 UTC     | every saturday,sunday 22:00-02:00 UTC
          every day 00:00-24:00                     | every day 00:00-24:00 UTC
          every weekday 09:00-09:30 Asia/Tokyo      | every weekday 09:00-09:30 Asia/Tokyo
          last friday of month 23:00-24:00 UTC      | last friday of month 23:00-24:00 UTC
          """)
  void itReadsAndWritesItself(String text, String canonical) {
    assertThat(Schedule.parse(text)).hasToString(canonical);
    assertThat(Schedule.parse(canonical)).isEqualTo(Schedule.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                | it lacks every, first
          sometimes                         | 'sometimes' must be every, first
          every                             | it lacks a day of the week
          every caturday 02:00-04:00        | 'caturday' must be a day
          every sunday                      | it lacks hours
          every sunday 2:00-4:00            | '2:00-4:00' must be hours
          every sunday 02:00-25:00          | must be hours
          every sunday 24:00-02:00          | must be hours
          every sunday 02:00-02:00          | a whole day is 00:00-24:00
          every sunday 02:00-04:00 Istanbul | 'Istanbul' must be a time zone
          every sunday 02:00-04:00 UTC now  | 'now' follows
          first sunday 02:00-04:00          | 'of month' must follow
          first day of month 02:00-04:00    | must be of one day
          """)
  void whatIsWrongIsNamed(String text, String problem) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("schedule '")
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          every sunday 02:00-04:00 Europe/Istanbul | 2025-12-10T12:00:00Z | 2025-12-13T23:00:00Z | 2025-12-14T01:00:00Z
          first sunday of month 02:00-06:00 UTC    | 2025-12-10T12:00:00Z | 2026-01-04T02:00:00Z | 2026-01-04T06:00:00Z
          last saturday of month 22:00-02:00 UTC   | 2025-12-28T01:00:00Z | 2025-12-27T22:00:00Z | 2025-12-28T02:00:00Z
          every sunday 02:30-04:00 Europe/Berlin   | 2026-03-29T00:00:00Z | 2026-03-29T01:00:00Z | 2026-03-29T02:00:00Z
          every sunday 02:15-02:45 Europe/Berlin   | 2026-03-29T00:00:00Z | 2026-04-05T00:15:00Z | 2026-04-05T00:45:00Z
          every sunday 02:15-02:45 Europe/Berlin   | 2026-10-25T00:00:00Z | 2026-10-25T00:15:00Z | 2026-10-25T01:45:00Z
          every sunday 01:00-05:00 Europe/Berlin   | 2026-10-25T00:00:00Z | 2026-10-24T23:00:00Z | 2026-10-25T04:00:00Z
          """)
  void theNextOneIsFound(String schedule, Instant at, Instant start, Instant end) {
    assertThat(Schedule.parse(schedule).nextEndingAfter(at)).contains(new Span(start, end));
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("tocsin.test.seeds", 40));
  }

  /** The other way round: not from dates to moments, but what the clock on the wall shows. */
  @ParameterizedTest
  @MethodSource("seeds")
  void itHoldsWheneverTheClockOnTheWallShowsTheHours(long seed) {
    // Given
    Random random = new Random(seed);
    ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    Occurrence occurrence = Occurrence.values()[random.nextInt(Occurrence.values().length)];
    Set<DayOfWeek> days = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)));
    if (occurrence == Occurrence.EVERY && random.nextBoolean()) {
      days = EnumSet.allOf(DayOfWeek.class);
    }
    int from = random.nextInt(96) * 15;
    int to = (from + 15 * (1 + random.nextInt(95))) % Schedule.DAY;
    Schedule schedule = new Schedule(occurrence, days, from, to, zone);
    Instant at = Instant.parse("2011-01-01T00:07:00Z").plus(Duration.ofDays(random.nextInt(5000)));

    for (int i = 0; i < 24 * 4 * 40; i++, at = at.plus(Duration.ofMinutes(15))) {
      // When
      Optional<Span> next = schedule.nextEndingAfter(at);

      // Then
      Instant now = at;
      boolean holds = next.filter(span -> span.contains(now)).isPresent();
      boolean shown = shows(occurrence, days, from, to, at.atZone(zone));
      if (shown || !nearAChangeOfClocks(zone, at)) {
        assertThat(holds).as(schedule + " at " + at).isEqualTo(shown);
      }
      assertThat(next).as(schedule + " after " + at).isPresent();
      assertThat(next.get().end()).isAfter(at);
    }
  }

  private static boolean shows(
      Occurrence occurrence, Set<DayOfWeek> days, int from, int to, ZonedDateTime clock) {
    int minute = clock.getHour() * 60 + clock.getMinute();
    LocalDate date = clock.toLocalDate();
    if (from < to) {
      return minute >= from && minute < to && isOn(occurrence, days, date);
    }
    return (minute >= from && isOn(occurrence, days, date))
        || (minute < to && isOn(occurrence, days, date.minusDays(1)));
  }

  private static boolean isOn(Occurrence occurrence, Set<DayOfWeek> days, LocalDate date) {
    List<LocalDate> ofThatDay =
        date.withDayOfMonth(1)
            .datesUntil(date.withDayOfMonth(1).plusMonths(1))
            .filter(each -> each.getDayOfWeek() == date.getDayOfWeek())
            .toList();
    boolean right =
        switch (occurrence) {
          case EVERY -> true;
          case LAST -> ofThatDay.getLast().equals(date);
          case FIRST -> ofThatDay.get(0).equals(date);
          case SECOND -> ofThatDay.get(1).equals(date);
          case THIRD -> ofThatDay.get(2).equals(date);
          case FOURTH -> ofThatDay.get(3).equals(date);
        };
    return right && days.contains(date.getDayOfWeek());
  }

  private static boolean nearAChangeOfClocks(ZoneId zone, Instant at) {
    var change = zone.getRules().nextTransition(at.minus(Duration.ofHours(30)));
    return change != null && change.getInstant().isBefore(at.plus(Duration.ofHours(30)));
  }
}
