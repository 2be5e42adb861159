package io.tocsin.agent.parse;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times counted since 1970, the unit told by the size: each fits the years 1973 to 5138. */
final class EpochTime {

  private static final long LEAST_SECONDS = 100_000_000L;
  private static final long END_SECONDS = 100_000_000_000L;
  private static final int LONGEST = 40;

  private EpochTime() {}

  /** Null when the number is too small to be a time. */
  static @Nullable Instant read(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    BigDecimal number = new BigDecimal(text);
    if (Math.abs((long) number.precision() - number.scale()) > LONGEST) {
      return null;
    }
    for (int digits = 0; digits <= 9; digits += 3) {
      BigDecimal seconds = number.movePointLeft(digits);
      BigInteger whole = seconds.toBigInteger();
      if (whole.compareTo(BigInteger.valueOf(END_SECONDS)) < 0) {
        return whole.compareTo(BigInteger.valueOf(LEAST_SECONDS)) < 0 ? null : instant(seconds);
      }
    }
    return null;
  }

  private static Instant instant(BigDecimal seconds) {
    long whole = seconds.longValue();
    BigDecimal fraction = seconds.subtract(BigDecimal.valueOf(whole));
    return Instant.ofEpochSecond(whole, fraction.movePointRight(9).longValue());
  }
}
