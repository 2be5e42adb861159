package io.tocsin.alerting.engine;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The total over a moving range of slices, kept up to date in small steps. It always equals the sum
 * over the range made from scratch.
 */
final class RangeTotal {

  private final SliceSeries series;
  private final boolean subtractable;
  private Slice total;
  private long from;
  private long to = -1;
  private boolean stale = true;

  /**
   * A total over an empty range.
   *
   * @param subtractable whether only sums are asked for, which can be taken away again; extremes
   *     and percentiles cannot
   */
  RangeTotal(SliceSeries series, boolean subtractable) {
    this.series = series;
    this.subtractable = subtractable;
    this.total = series.empty();
  }

  /** The total over the slices from {@code newFrom} to {@code newTo}. */
  Slice over(long newFrom, long newTo) {
    if (stale || !canStep(newFrom, newTo)) {
      total = series.empty();
      series.addTo(total, newFrom, newTo);
    } else {
      series.subtractFrom(total, from, newFrom - 1);
      series.addTo(total, newFrom, from - 1);
      series.addTo(total, to + 1, newTo);
      series.subtractFrom(total, newTo + 1, to);
    }
    from = newFrom;
    to = newTo;
    stale = false;
    return total;
  }

  boolean isSubtractable() {
    return subtractable;
  }

  private boolean canStep(long newFrom, long newTo) {
    boolean same = from == newFrom && to == newTo;
    return same || (subtractable && newFrom <= to && newTo >= from);
  }

  /** Tells of a record that was counted in a slice of the series. */
  void counted(long index, boolean matches) {
    if (index >= from && index <= to) {
      total.count(matches);
    }
  }

  /** Tells of a number that was added to a slice of the series, as that gave it back. */
  void included(long index, BigDecimal number, @Nullable Double kept) {
    if (index < from || index > to) {
      return;
    }
    total.include(number);
    if (kept == null) {
      stale = true;
    } else if (total.digest != null) {
      total.digest.include(kept, 1);
    }
  }
}
