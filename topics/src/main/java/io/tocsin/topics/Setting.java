package io.tocsin.topics;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A topic setting in effect.
 *
 * @param value as the broker writes it
 * @param kind how its values compare
 */
record Setting(String value, Kind kind) {

  /** How values of a setting compare. */
  enum Kind {
    TEXT,
    NUMBER,
    SET
  }

  /**
   * Whether {@code wanted} says the same: {@code 0.10} is {@code 0.1}, and {@code compact,delete}
   * is {@code delete,compact}. A difference that never goes away would be worse than none.
   */
  boolean says(String wanted) {
    return switch (kind) {
      case TEXT -> value.equalsIgnoreCase(wanted.strip());
      case NUMBER -> sameNumber(wanted);
      case SET -> parts(value).equals(parts(wanted));
    };
  }

  private boolean sameNumber(String wanted) {
    try {
      return new BigDecimal(value).compareTo(new BigDecimal(wanted.strip())) == 0;
    } catch (NumberFormatException e) {
      return value.equals(wanted); // the broker will refuse it, and say why
    }
  }

  private static Set<String> parts(String list) {
    return Arrays.stream(list.split(",")).map(String::strip).collect(Collectors.toSet());
  }
}
