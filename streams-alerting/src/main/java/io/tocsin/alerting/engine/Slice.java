package io.tocsin.alerting.engine;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What came in during one slice of time, or in several together. Sums are exact decimals, so that
 * adding and taking away leave no trace of rounding, and a bound is crossed by what was sent.
 */
final class Slice {

  long records;
  long matching;
  BigDecimal sum = BigDecimal.ZERO;
  @Nullable BigDecimal min;
  @Nullable BigDecimal max;
  @Nullable Digest digest;

  /** A slice of nothing; with a digest when percentiles are asked for. */
  Slice(boolean withDigest) {
    digest = withDigest ? new Digest() : null;
  }

  /** What {@link #bytes} wrote. */
  Slice(byte[] bytes) {
    Packer.Reader in = new Packer.Reader(bytes);
    records = in.int64();
    matching = in.int64();
    BigDecimal savedSum = in.decimal();
    sum = savedSum == null ? BigDecimal.ZERO : savedSum;
    min = in.decimal();
    max = in.decimal();
    digest = in.hasMore() ? new Digest(in) : null;
  }

  /** Adds a record of a ratio. */
  void count(boolean matches) {
    records++;
    matching += matches ? 1 : 0;
  }

  /** Adds a number. */
  void include(BigDecimal number) {
    records++;
    sum = sum.add(number);
    widen(number, number);
  }

  void add(Slice other) {
    records += other.records;
    matching += other.matching;
    sum = sum.add(other.sum);
    widen(other.min, other.max);
    if (digest != null && other.digest != null) {
      digest.merge(other.digest);
    }
  }

  /** Takes away what was added; extremes and digest cannot be. */
  void subtract(Slice other) {
    records -= other.records;
    matching -= other.matching;
    sum = sum.subtract(other.sum);
  }

  byte[] bytes() {
    Packer out = new Packer().int64(records).int64(matching).decimal(sum).decimal(min).decimal(max);
    if (digest != null) {
      digest.save(out);
    }
    return out.bytes();
  }

  private void widen(@Nullable BigDecimal low, @Nullable BigDecimal high) {
    if (low != null && (min == null || low.compareTo(min) < 0)) {
      min = low;
    }
    if (high != null && (max == null || high.compareTo(max) > 0)) {
      max = high;
    }
  }
}
