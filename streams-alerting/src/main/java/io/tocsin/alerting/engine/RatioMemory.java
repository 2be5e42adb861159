package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.Kind;
import io.tocsin.alerting.rule.Values;
import java.math.BigDecimal;
import java.math.MathContext;

/** How many records of each slice were looked at, and how many of them matched. */
final class RatioMemory implements Memory {

  private final Kind.Ratio kind;
  private final Slices slices;
  private final SliceSeries series;
  private final RangeTotal window;

  RatioMemory(Kind.Ratio kind, GroupSpace space) {
    this.kind = kind;
    this.slices = new Slices(kind.within().millis());
    this.series = new SliceSeries(space, false);
    this.window = new RangeTotal(series, true);
  }

  @Override
  public boolean isLate(long ts, long groupClock) {
    return slices.of(ts) <= slices.of(groupClock) - Slices.PER_WINDOW;
  }

  @Override
  public void add(EventRecord record, boolean matches, long groupClock, long engineClock) {
    windowAt(groupClock);
    long index = slices.of(record.millis());
    series.count(index, matches);
    window.counted(index, matches);
    series.dropBefore(slices.of(groupClock) - Slices.PER_WINDOW + 1);
  }

  @Override
  public boolean holds(long end) {
    Slice total = windowAt(end);
    return total.records >= kind.atLeast()
        && BigDecimal.valueOf(total.matching)
                .compareTo(kind.above().multiply(BigDecimal.valueOf(total.records)))
            > 0;
  }

  @Override
  public long nextChange(long end) {
    long last = slices.of(end);
    Long first = series.firstIn(last - Slices.PER_WINDOW + 1, last);
    return first == null ? NEVER : slices.start(first + Slices.PER_WINDOW);
  }

  @Override
  public Object value(long end) {
    Slice total = windowAt(end);
    BigDecimal records = BigDecimal.valueOf(Math.max(1, total.records));
    return Values.tidy(BigDecimal.valueOf(total.matching).divide(records, MathContext.DECIMAL64));
  }

  private Slice windowAt(long end) {
    long last = slices.of(end);
    return window.over(last - Slices.PER_WINDOW + 1, last);
  }
}
