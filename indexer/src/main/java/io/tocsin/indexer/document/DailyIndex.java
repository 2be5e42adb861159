package io.tocsin.indexer.document;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Index names by day, such as {@code tocsin-logs-2026.11.21}. Not thread-safe. */
final class DailyIndex {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu.MM.dd", Locale.ROOT);

  /** An imported history spans years; the names of those days need not all be kept. */
  private static final int REMEMBERED = 128;

  private final String prefix;
  private final Map<Long, String> names = new HashMap<>();

  /** That of the event before: most are of one day. */
  private long lastDay = Long.MIN_VALUE;

  private String lastName = "";

  DailyIndex(String prefix) {
    this.prefix = prefix;
  }

  String of(long epochMillis) {
    long day = Math.floorDiv(epochMillis, EventTime.DAY);
    if (day != lastDay) {
      lastName = name(day);
      lastDay = day;
    }
    return lastName;
  }

  private String name(long day) {
    String known = names.get(day);
    if (known != null) {
      return known;
    }
    if (names.size() == REMEMBERED) {
      names.clear();
    }
    String name = prefix + LocalDate.ofEpochDay(day).format(DAY);
    names.put(day, name);
    return name;
  }
}
