package io.tocsin.indexer.lifecycle;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of daily indices. {@code tocsin-health} is none: it holds the latest state only. */
final class Family {

  static final List<String> NAMES = List.of("tocsin-logs", "tocsin-telemetry", "tocsin-alerts");

  private static final Pattern DAILY =
      Pattern.compile("(" + String.join("|", NAMES) + ")-\\d{4}\\.\\d{2}\\.\\d{2}");

  private Family() {}

  /** The family of a daily index; empty for any other, which is then left alone. */
  static Optional<String> of(String index) {
    Matcher daily = DAILY.matcher(index);
    return daily.matches() ? Optional.of(daily.group(1)) : Optional.empty();
  }

  /** What all of them are called together in a path. */
  static String pattern() {
    return String.join("-*,", NAMES) + "-*";
  }
}
