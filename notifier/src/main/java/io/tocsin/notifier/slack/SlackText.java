package io.tocsin.notifier.slack;

import io.tocsin.event.Timestamps;
import java.time.Instant;

/** Slack's markup. */
final class SlackText {

  private SlackText() {}

  /** Escapes what Slack gives a meaning to; the result has at most {@code limit} characters. */
  static String escape(String text, int limit) {
    StringBuilder escaped = new StringBuilder(Math.min(text.length() + 16, limit));
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      String next = escape(point);
      boolean last = i + Character.charCount(point) == text.length();
      if (escaped.length() + next.length() > (last ? limit : limit - 1)) {
        return escaped.append('…').toString();
      }
      escaped.append(next);
      i += Character.charCount(point);
    }
    return escaped.toString();
  }

  private static String escape(int point) {
    return switch (point) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      default -> Character.toString(point);
    };
  }

  /** A time in the reader's zone, with UTC for clients that cannot. */
  static String time(Instant instant) {
    return "<!date^"
        + instant.getEpochSecond()
        + "^{date_short_pretty} {time_secs}|"
        + Timestamps.format(instant)
        + ">";
  }

  /** A link; the address must have no blanks, brackets or bars. */
  static String link(String address, String text) {
    return "<" + address.replace("&", "&amp;") + "|" + text + ">";
  }
}
