package io.tocsin.bootstrap.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a whole number and a unit out of {@code ms s m h d w}. */
public final class Durations {

  private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d|w)");

  private Durations() {}

  /**
   * Reads {@code 500ms}, {@code 5s}, {@code 1m}, {@code 2h}, {@code 7d} or {@code 1w}.
   *
   * @throws InvalidValueException when the unit is missing or unknown
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    InvalidValueException.require(
        matcher.matches(),
        "",
        text,
        "must be a duration with its unit, such as 500ms, 5s, 1m or 2h");
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> Duration.ofDays(Math.multiplyExact(amount, 7L));
    };
  }

  /** The shortest form that {@link #parse} reads back: {@code 90s}, {@code 1m}, {@code 24h}. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    if (seconds % 3600 != 0) {
      return seconds / 60 + "m";
    }
    return seconds % 86_400 == 0 && seconds > 86_400
        ? seconds / 86_400 + "d"
        : seconds / 3600 + "h";
  }
}
