package io.tocsin.event;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How bad a log event is. The declaration order is the order of severity, so levels compare with
 * {@link #compareTo}.
 */
public enum Level {
  DEBUG,
  INFO,
  WARNING,
  ERROR,
  CRITICAL;

  /** Spellings of common loggers, and the numeric severities of syslog (RFC 5424, table 2). */
  private static final Map<String, Level> ALIASES =
      Map.ofEntries(
          Map.entry("TRACE", DEBUG),
          Map.entry("VERBOSE", DEBUG),
          Map.entry("FINE", DEBUG),
          Map.entry("FINER", DEBUG),
          Map.entry("FINEST", DEBUG),
          Map.entry("DBG", DEBUG),
          Map.entry("7", DEBUG),
          Map.entry("INFORMATION", INFO),
          Map.entry("INFORMATIONAL", INFO),
          Map.entry("NOTICE", INFO),
          Map.entry("CONFIG", INFO),
          Map.entry("LOG", INFO),
          Map.entry("6", INFO),
          Map.entry("5", INFO),
          Map.entry("WARN", WARNING),
          Map.entry("4", WARNING),
          Map.entry("ERR", ERROR),
          Map.entry("SEVERE", ERROR),
          Map.entry("EXCEPTION", ERROR),
          Map.entry("3", ERROR),
          Map.entry("CRIT", CRITICAL),
          Map.entry("FATAL", CRITICAL),
          Map.entry("ALERT", CRITICAL),
          Map.entry("EMERG", CRITICAL),
          Map.entry("EMERGENCY", CRITICAL),
          Map.entry("PANIC", CRITICAL),
          Map.entry("2", CRITICAL),
          Map.entry("1", CRITICAL),
          Map.entry("0", CRITICAL));

  private static final Map<String, Level> NAMES =
      Map.of(
          "DEBUG", DEBUG, "INFO", INFO, "WARNING", WARNING, "ERROR", ERROR, "CRITICAL", CRITICAL);

  /**
   * The level a program meant by {@code text}: one of the five names, or a known alias, in any case
   * and with surrounding blanks ignored.
   */
  public static Optional<Level> of(String text) {
    Level exact = NAMES.get(text);
    if (exact != null) {
      return Optional.of(exact);
    }
    String upper = text.strip().toUpperCase(Locale.ROOT);
    Level named = NAMES.get(upper);
    return Optional.ofNullable(named != null ? named : ALIASES.get(upper));
  }
}
