package io.tocsin.bootstrap.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A value that a record refuses. Thrown by compact constructors; the reader adds file and line. */
public final class InvalidValueException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String key;
  private final @Nullable String value;
  private final String rule;

  private InvalidValueException(String key, @Nullable String value, String rule) {
    super(key + ": " + (value == null ? "" : "'" + value + "' ") + rule);
    this.key = key;
    this.value = value;
    this.rule = rule;
  }

  /**
   * Refuses a record's component.
   *
   * @param ok what must hold
   * @param key the key as it stands in the file, kebab-case; empty for the whole record
   * @param value the bad value; a duration is told as files write it
   * @param rule what the value must be, such as {@code must be between 1 and 65535}
   */
  public static void require(boolean ok, String key, @Nullable Object value, String rule) {
    if (!ok) {
      throw new InvalidValueException(key, value == null ? null : written(value), rule);
    }
  }

  private static String written(Object value) {
    return value instanceof Duration duration ? Durations.format(duration) : value.toString();
  }

  String key() {
    return key;
  }

  @Nullable String value() {
    return value;
  }

  String rule() {
    return rule;
  }
}
