package io.tocsin.event.silence;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a {@link Schedule} word by word, so that what is wrong can be named. */
final class ScheduleText {

  private static final Pattern HOURS =
      Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)-(([01]\\d|2[0-3]):([0-5]\\d)|24:00)");
  private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

  private final String text;
  private final Deque<String> words;

  private ScheduleText(String text) {
    this.text = text;
    this.words = new ArrayDeque<>(List.of(text.strip().split("\\s+")));
  }

  static Schedule parse(String text) {
    return new ScheduleText(text).schedule();
  }

  private Schedule schedule() {
    Occurrence occurrence = occurrence();
    Set<DayOfWeek> days = days(next("a day of the week").toLowerCase(Locale.ROOT));
    if (occurrence != Occurrence.EVERY) {
      check(days.size() == 1, "the " + occurrence.word() + " of a month must be of one day");
      check(takes("of") && takes("month"), "'of month' must follow the day");
    }
    String hours = next("hours, such as 02:00-04:00");
    Matcher matcher = HOURS.matcher(hours);
    check(matcher.matches(), "'" + hours + "' must be hours, such as 02:00-04:00");
    int from = Integer.parseInt(matcher.group(1)) * 60 + Integer.parseInt(matcher.group(2));
    int to =
        matcher.group(4) == null
            ? Schedule.DAY
            : Integer.parseInt(matcher.group(4)) * 60 + Integer.parseInt(matcher.group(5));
    check(from != to, "hours must not end when they begin; a whole day is 00:00-24:00");
    ZoneId zone = words.isEmpty() ? ZoneId.of("UTC") : zone(words.removeFirst());
    check(words.isEmpty(), "'" + words.peekFirst() + "' follows where it should end");
    return new Schedule(occurrence, days, from, to, zone);
  }

  private Occurrence occurrence() {
    String word = next("every, first, second, third, fourth or last");
    for (Occurrence occurrence : Occurrence.values()) {
      if (occurrence.word().equalsIgnoreCase(word)) {
        return occurrence;
      }
    }
    throw wrong("'" + word + "' must be every, first, second, third, fourth or last");
  }

  private Set<DayOfWeek> days(String word) {
    return switch (word) {
      case "day" -> EnumSet.allOf(DayOfWeek.class);
      case "weekday" -> WEEKDAYS;
      default -> {
        List<DayOfWeek> days = new ArrayList<>();
        for (String name : word.split(",", -1)) {
          days.add(day(name));
        }
        yield EnumSet.copyOf(days);
      }
    };
  }

  private DayOfWeek day(String name) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (lower(day).equals(name)) {
        return day;
      }
    }
    throw wrong("'" + name + "' must be a day, such as sunday, or day or weekday");
  }

  private ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw wrong("'" + name + "' must be a time zone, such as Europe/Istanbul");
    }
  }

  private String next(String wanted) {
    check(!words.isEmpty() && !words.getFirst().isEmpty(), "it lacks " + wanted);
    return words.removeFirst();
  }

  private boolean takes(String word) {
    return !words.isEmpty() && words.removeFirst().equalsIgnoreCase(word);
  }

  private void check(boolean ok, String problem) {
    if (!ok) {
      throw wrong(problem);
    }
  }

  private IllegalArgumentException wrong(String problem) {
    return new IllegalArgumentException("schedule '" + text.strip() + "': " + problem);
  }

  /** As {@link #parse} reads them. */
  static String daysOf(Set<DayOfWeek> days) {
    if (days.size() == DayOfWeek.values().length) {
      return "day";
    }
    return days.equals(WEEKDAYS)
        ? "weekday"
        : days.stream().sorted().map(ScheduleText::lower).collect(Collectors.joining(","));
  }

  private static String lower(DayOfWeek day) {
    return day.name().toLowerCase(Locale.ROOT);
  }
}
