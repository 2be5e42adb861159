package io.tocsin.agent.parse;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code 2025-12-10T12:46:41.565259} and its relatives without making objects on the way: it
 * is done for every line of every file. Not thread-safe.
 */
final class IsoTime {

  private static final byte[] FIRST_MINUTE = "1970-01-01T00:00".getBytes(StandardCharsets.US_ASCII);
  private static final int SHORTEST = FIRST_MINUTE.length;
  private static final int WRONG = -1;

  private final LocalTimes local;
  private byte[] text = {};
  private int at;
  private int end;

  /** The date that was read last and its day since 1970: the next line is mostly of the same. */
  private int lastDate;

  private long lastDay;

  /** The same of the minute: its text, and itself on the wall clock. */
  private final byte[] lastMinuteText = FIRST_MINUTE.clone();

  private long lastMinute;

  IsoTime(LocalTimes local) {
    this.local = local;
  }

  /** Null when the bytes, which may be any, have another form or name no time. */
  @Nullable Instant read(byte[] bytes, int from, int to) {
    if (to - from < SHORTEST) {
      return null;
    }
    text = bytes;
    at = from;
    end = to;
    if (!Arrays.equals(bytes, from, from + SHORTEST, lastMinuteText, 0, SHORTEST)
        && !readMinute()) {
      return null;
    }
    at = from + SHORTEST;
    int second = at(at, ':') ? part(':') : 0;
    if (second < 0 || second > 60) {
      return null;
    }
    int nano = at(at, '.') || at(at, ',') ? fraction() : 0;
    // A leap second is the end of the one before.
    long wall = lastMinute * 60 + Math.min(second, 59);
    return nano < 0 ? null : instant(wall, nano);
  }

  private boolean readMinute() {
    int from = at;
    if (!readDate() || !(at(at, 'T') || at(at, ' ') || at(at, 't'))) {
      return false;
    }
    at++;
    int hour = two();
    int minute = part(':');
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
      return false;
    }
    lastMinute = (lastDay * 24 + hour) * 60 + minute;
    System.arraycopy(text, from, lastMinuteText, 0, SHORTEST);
    return true;
  }

  private boolean readDate() {
    int century = two();
    int year = two();
    char separator = at(at, '/') ? '/' : '-';
    int month = part(separator);
    int day = part(separator);
    if (century < 0 || year < 0 || month < 1 || month > 12 || day < 1) {
      return false;
    }
    year += century * 100;
    int date = year << 9 | month << 5 | day;
    if (date != lastDate) {
      if (day > YearMonth.of(year, month).lengthOfMonth()) {
        return false;
      }
      lastDay = LocalDate.of(year, month, day).toEpochDay();
      lastDate = date;
    }
    return true;
  }

  private @Nullable Instant instant(long wall, int nano) {
    if (at(at, ' ') && at + 1 < end) {
      at++;
    }
    if (at == end) {
      return local.toInstant(wall, nano);
    }
    String zone = new String(text, at, end - at, StandardCharsets.ISO_8859_1);
    if (zone.equals("Z") || zone.equals("z") || zone.equals("UTC") || zone.equals("GMT")) {
      return Instant.ofEpochSecond(wall, nano);
    }
    int offset = offset(zone);
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

  /** Two digits behind a separator. */
  private int part(char separator) {
    if (!at(at, separator)) {
      return WRONG;
    }
    at++;
    return two();
  }

  private int two() {
    if (at + 2 > end) {
      return WRONG;
    }
    int tens = text[at] - '0';
    int ones = text[at + 1] - '0';
    at += 2;
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? WRONG : tens * 10 + ones;
  }

  /** One to nine digits as nanoseconds; more are read and dropped. */
  private int fraction() {
    int from = ++at;
    int nano = 0;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      if (at - from < 9) {
        nano = nano * 10 + text[at] - '0';
      }
      at++;
    }
    for (int i = at - from; i < 9; i++) {
      nano *= 10;
    }
    return at == from ? WRONG : nano;
  }

  private boolean at(int index, char c) {
    return index < end && text[index] == c;
  }
}
