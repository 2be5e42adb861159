package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.Kind;
import io.tocsin.alerting.rule.Kind.Side;
import io.tocsin.alerting.rule.Values;
import java.math.BigDecimal;
import java.math.MathContext;

/** A field's numbers of each slice of the window, and of the baseline before it. */
final class DeviationMemory implements Memory {

  private final Kind.Deviation kind;
  private final Slices slices;
  private final long baselineSlices;
  private final SliceSeries series;
  private final RangeTotal window;
  private final RangeTotal baseline;

  DeviationMemory(Kind.Deviation kind, GroupSpace space) {
    this.kind = kind;
    this.slices = new Slices(kind.within().millis());
    this.baselineSlices = slices.covering(kind.baseline().millis());
    this.series = new SliceSeries(space, false);
    this.window = new RangeTotal(series, true);
    this.baseline = new RangeTotal(series, true);
  }

  @Override
  public void recall() {
    series.recall();
  }

  @Override
  public boolean isLate(long ts, long groupClock) {
    return slices.of(ts) < windowStart(groupClock);
  }

  @Override
  public void add(EventRecord record, boolean matches, long groupClock, long engineClock) {
    windowAt(groupClock);
    baselineAt(groupClock);
    BigDecimal number = Values.number(record.field(kind.of()));
    if (number != null) {
      long index = slices.of(record.millis());
      window.included(index, number, series.include(index, number));
    }
    series.dropBefore(windowStart(groupClock) - baselineSlices);
  }

  /**
   * With sums S and counts N of window and baseline, {@code Sw/Nw - Sb/Nb > by * |Sb/Nb|} is
   * multiplied out: no division, nothing rounded.
   */
  @Override
  public boolean holds(long end) {
    Slice now = windowAt(end);
    Slice normal = baselineAt(end);
    if (now.records == 0 || normal.records < kind.atLeast()) {
      return false;
    }
    BigDecimal current = now.sum.multiply(BigDecimal.valueOf(normal.records));
    BigDecimal usual = normal.sum.multiply(BigDecimal.valueOf(now.records));
    BigDecimal stray =
        kind.side() == Side.ABOVE ? current.subtract(usual) : usual.subtract(current);
    return stray.compareTo(kind.by().multiply(usual.abs())) > 0;
  }

  @Override
  public long nextChange(long end) {
    long start = windowStart(end);
    Long first = series.firstIn(start, slices.of(end));
    if (first == null) {
      return NEVER; // nothing in the window: it strays from nothing, however the baseline moves
    }
    long leavesWindow = slices.start(first + Slices.PER_WINDOW);
    Long oldest = series.firstIn(start - baselineSlices, start - 1);
    return oldest == null
        ? leavesWindow
        : Math.min(leavesWindow, slices.start(oldest + baselineSlices + Slices.PER_WINDOW));
  }

  /** How far the window strays, as a share of the baseline; its average where that is zero. */
  @Override
  public Object value(long end) {
    Slice now = windowAt(end);
    Slice normal = baselineAt(end);
    if (now.records == 0 || normal.records == 0) {
      return 0L;
    }
    BigDecimal current = average(now);
    BigDecimal usual = average(normal);
    return usual.signum() == 0
        ? Values.tidy(current)
        : Values.tidy(current.subtract(usual).divide(usual.abs(), MathContext.DECIMAL64));
  }

  private static BigDecimal average(Slice slice) {
    return slice.sum.divide(BigDecimal.valueOf(slice.records), MathContext.DECIMAL64);
  }

  private long windowStart(long end) {
    return slices.of(end) - Slices.PER_WINDOW + 1;
  }

  private Slice windowAt(long end) {
    return window.over(windowStart(end), slices.of(end));
  }

  private Slice baselineAt(long end) {
    long start = windowStart(end);
    return baseline.over(start - baselineSlices, start - 1);
  }
}
