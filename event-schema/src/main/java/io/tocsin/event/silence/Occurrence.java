package io.tocsin.event.silence;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Locale;

/** Which of a month's Sundays (or other days) it is. */
enum Occurrence {
  EVERY,
  FIRST,
  SECOND,
  THIRD,
  FOURTH,
  LAST;

  /** Whether {@code date}, a day of the week that is asked for, is this one of its month. */
  boolean includes(LocalDate date) {
    int nth = (date.getDayOfMonth() - 1) / DayOfWeek.values().length + 1;
    return switch (this) {
      case EVERY -> true;
      case LAST -> date.getDayOfMonth() + DayOfWeek.values().length > date.lengthOfMonth();
      case FIRST -> nth == 1;
      case SECOND -> nth == 2;
      case THIRD -> nth == 3;
      case FOURTH -> nth == 4;
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
