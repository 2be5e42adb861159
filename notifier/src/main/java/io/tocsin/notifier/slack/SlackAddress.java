package io.tocsin.notifier.slack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a message stands: what the delivery log keeps of it, so that it can be changed after a
 * restart.
 *
 * @param channel its id, as Slack answered it; a channel's name will not do for an update
 * @param ts the message's time stamp, which is its name within the channel
 * @param summary whether it tells of many episodes; what becomes of one of them stands in its
 *     thread then
 */
record SlackAddress(String channel, String ts, boolean summary) {

  private static final Pattern REFERENCE =
      Pattern.compile("([A-Z0-9]{1,40})/(\\d{1,20}\\.\\d{1,20})(/summary)?");

  /** Reads what {@link #reference} wrote; null when it is none. */
  static @Nullable SlackAddress parse(@Nullable String reference) {
    if (reference == null) {
      return null;
    }
    Matcher parts = REFERENCE.matcher(reference);
    return parts.matches()
        ? new SlackAddress(parts.group(1), parts.group(2), parts.group(3) != null)
        : null;
  }

  /** What Slack answered; null when it is none. */
  static @Nullable SlackAddress of(@Nullable Object channel, @Nullable Object ts, boolean summary) {
    return channel instanceof String where && ts instanceof String when
        ? parse(where + "/" + when + (summary ? "/summary" : ""))
        : null;
  }

  /** For the delivery log; at most 100 characters. */
  String reference() {
    return channel + "/" + ts + (summary ? "/summary" : "");
  }
}
