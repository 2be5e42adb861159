package io.tocsin.alerting.engine;

import java.math.BigDecimal;

/**
 * Whether a share is above a bound, exactly. In plain numbers where they are small enough, as they
 * nearly always are: a window is asked at every record, and several times.
 */
final class ShareBound {

  /** Two numbers below this have a product that fits. */
  private static final long SMALL = 1_000_000_000;

  private static final int MOST_DIGITS = 8;

  private final BigDecimal above;
  private final boolean small;
  private final long numerator;
  private final long denominator;

  ShareBound(BigDecimal above) {
    this.above = above;
    this.small =
        above.scale() >= 0
            && above.scale() <= MOST_DIGITS
            && above.unscaledValue().bitLength() < Integer.SIZE
            && Math.abs(above.unscaledValue().longValue()) < SMALL;
    this.numerator = small ? above.unscaledValue().longValue() : 0;
    this.denominator = small ? BigDecimal.TEN.pow(above.scale()).longValue() : 0;
  }

  /** Whether {@code part / whole} is above the bound; no share of nothing is. */
  boolean isBelow(long part, long whole) {
    if (small && part < SMALL && whole < SMALL) {
      return part * denominator > numerator * whole;
    }
    return BigDecimal.valueOf(part).compareTo(above.multiply(BigDecimal.valueOf(whole))) > 0;
  }
}
