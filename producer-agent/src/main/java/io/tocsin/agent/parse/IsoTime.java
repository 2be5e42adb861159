package io.tocsin.agent.parse;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code 2025-12-10T12:46:41.565259} and its relatives without making objects on the way: it
 * is done for every line of every file.
 */
final class IsoTime {

  private static final int DAY = 86_400;

  private final String text;
  private int at;

  private IsoTime(String text) {
    this.text = text;
  }

  /** Null when {@code text} has another form or names no time. */
  static @Nullable Instant read(String text, LocalTimes local) {
    return text.length() < 16 ? null : new IsoTime(text).read(local);
  }

  private @Nullable Instant read(LocalTimes local) {
    int year = digits(4);
    boolean slashes = at(4, '/');
    int month = part(slashes ? '/' : '-', 2);
    int day = part(slashes ? '/' : '-', 2);
    if (year < 0 || month < 1 || month > 12 || day < 1 || !timeFollows()) {
      return null;
    }
    at++;
    int hour = digits(2);
    int minute = part(':', 2);
    int second = at(at, ':') ? part(':', 2) : 0;
    boolean sound = hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
    if (!sound || second < 0 || second > 60 || day > YearMonth.of(year, month).lengthOfMonth()) {
      return null;
    }
    int nano = at(at, '.') || at(at, ',') ? fraction() : 0;
    long wall =
        LocalDate.of(year, month, day).toEpochDay() * DAY
            + hour * 3600L
            + minute * 60L
            + Math.min(second, 59); // a leap second is the end of the one before
    return nano < 0 ? null : instant(wall, nano, local);
  }

  private boolean timeFollows() {
    return at(at, 'T') || at(at, ' ') || at(at, 't');
  }

  private @Nullable Instant instant(long wall, int nano, LocalTimes local) {
    if (at(at, ' ') && at + 1 < text.length()) {
      at++;
    }
    String rest = text.substring(at);
    if (rest.isEmpty()) {
      return local.toInstant(wall, nano);
    }
    if (rest.equals("Z") || rest.equals("z") || rest.equals("UTC") || rest.equals("GMT")) {
      return Instant.ofEpochSecond(wall, nano);
    }
    int offset = offset(rest);
    return offset == Integer.MIN_VALUE ? null : Instant.ofEpochSecond(wall - offset, nano);
  }

  private static int offset(String text) {
    String digits = text.substring(1).replace(":", "");
    boolean sound =
        (text.charAt(0) == '+' || text.charAt(0) == '-')
            && (digits.length() == 2 || digits.length() == 4)
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!sound) {
      return Integer.MIN_VALUE;
    }
    int hours = Integer.parseInt(digits.substring(0, 2));
    int minutes = digits.length() == 4 ? Integer.parseInt(digits.substring(2)) : 0;
    int seconds = hours * 3600 + minutes * 60;
    if (minutes > 59 || seconds > ZoneOffset.MAX.getTotalSeconds()) {
      return Integer.MIN_VALUE;
    }
    return text.charAt(0) == '-' ? -seconds : seconds;
  }

  private int part(char separator, int count) {
    if (!at(at, separator)) {
      return -1;
    }
    at++;
    return digits(count);
  }

  private int digits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      int digit = at < text.length() ? text.charAt(at) - '0' : -1;
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
      at++;
    }
    return value;
  }

  /** One to nine digits as nanoseconds; more are read and dropped. */
  private int fraction() {
    int from = ++at;
    int nano = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      if (at - from < 9) {
        nano = nano * 10 + text.charAt(at) - '0';
      }
      at++;
    }
    for (int i = at - from; i < 9; i++) {
      nano *= 10;
    }
    return at == from ? -1 : nano;
  }

  private boolean at(int index, char c) {
    return index < text.length() && text.charAt(index) == c;
  }
}
