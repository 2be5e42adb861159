package io.tocsin.agent.parse.frame;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** Text of a device as values and keys. */
final class FrameValues {

  private static final int LONGEST_LONG = 18;
  private static final int LONGEST_KEY = 64;
  private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789-.";

  private FrameValues() {}

  /**
   * A whole number as Long (beyond 18 digits as BigInteger), a decimal as BigDecimal with the
   * digits as written, anything else (an exponent, hexadecimal, NaN) as the text it is.
   */
  static Object of(String text) {
    int digits = 0;
    int points = 0;
    int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    for (int i = sign; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.') {
        points++;
      } else {
        return text;
      }
    }
    if (digits == 0 || points > 1) {
      return text;
    } else if (points == 1) {
      return new BigDecimal(text);
    }
    return digits <= LONGEST_LONG ? (Object) Long.valueOf(text) : new BigInteger(text);
  }

  /** A short key such as {@code gf_count}; empty when the text holds no letter and no digit. */
  static String key(String text) {
    StringBuilder key = new StringBuilder();
    for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
      boolean plain = PLAIN.indexOf(c) >= 0;
      if (plain) {
        key.append(c);
      } else if (!key.isEmpty() && key.charAt(key.length() - 1) != '_') {
        key.append('_');
      }
      if (key.length() == LONGEST_KEY) {
        break;
      }
    }
    while (!key.isEmpty() && key.charAt(key.length() - 1) == '_') {
      key.setLength(key.length() - 1);
    }
    return key.toString();
  }
}
