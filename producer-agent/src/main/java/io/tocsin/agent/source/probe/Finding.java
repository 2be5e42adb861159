package io.tocsin.agent.source.probe;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a check.
 *
 * @param failure why it is not well; null when it is
 * @param detail for people
 * @param nanos how long the answer took; null when none came
 * @param values measured on the way
 */
record Finding(
    @Nullable Failure failure, String detail, @Nullable Long nanos, Map<String, Object> values) {

  /** Why a check failed; the label of a metric. */
  enum Failure {
    TIMEOUT,
    HANGS,
    UNKNOWN_HOST,
    REFUSED,
    TLS,
    ANSWER,
    IO,
    ERROR;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding well(String detail, long nanos, Map<String, Object> values) {
    return new Finding(null, detail, nanos, values);
  }

  /** It answered, but not what it should. */
  static Finding wrong(String detail, long nanos, Map<String, Object> values) {
    return new Finding(Failure.ANSWER, detail, nanos, values);
  }

  static Finding failed(Failure failure, String detail) {
    return new Finding(failure, detail, null, Map.of());
  }

  /** The same with what was measured before it failed. */
  Finding with(Map<String, Object> measured) {
    return new Finding(failure, detail, nanos, measured);
  }

  boolean isWell() {
    return failure == null;
  }
}
