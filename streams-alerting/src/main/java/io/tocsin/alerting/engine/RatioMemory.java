package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.Kind;
import io.tocsin.alerting.rule.Values;
import java.math.BigDecimal;
import java.math.MathContext;

/** How many records of each slice were looked at, and how many of them matched. */
final class RatioMemory implements Memory {

  private static final long NOWHERE = Long.MIN_VALUE;

  private final Kind.Ratio kind;
  private final ShareBound bound;
  private final Slices slices;
  private final SliceSeries series;
  private final RangeTotal window;

  /**
   * The newest slice of a window over which the condition does not hold and never will, as long as
   * nothing comes but records that do not match: they make every share smaller.
   */
  private long stillAt = NOWHERE;

  RatioMemory(Kind.Ratio kind, GroupSpace space) {
    this.kind = kind;
    this.bound = new ShareBound(kind.above());
    this.slices = new Slices(kind.within().millis());
    this.series = new SliceSeries(space, false);
    this.window = new RangeTotal(series, true);
  }

  @Override
  public void recall() {
    series.recall();
  }

  @Override
  public boolean isLate(long ts, long groupClock) {
    return slices.of(ts) <= slices.of(groupClock) - Slices.PER_WINDOW;
  }

  @Override
  public void add(EventRecord record, boolean matches, long groupClock, long engineClock) {
    windowAt(groupClock);
    if (matches) {
      stillAt = NOWHERE;
    }
    long index = slices.of(record.millis());
    series.count(index, matches);
    window.counted(index, matches);
    series.dropBefore(slices.of(groupClock) - Slices.PER_WINDOW + 1);
  }

  @Override
  public boolean holds(long end) {
    return holds(windowAt(end));
  }

  private boolean holds(Slice total) {
    return total.records >= kind.atLeast() && bound.isBelow(total.matching, total.records);
  }

  @Override
  public long nextChange(long end) {
    long last = slices.of(end);
    Long first = series.firstIn(last - Slices.PER_WINDOW + 1, last);
    return first == null ? NEVER : slices.start(first + Slices.PER_WINDOW);
  }

  @Override
  public long nextChange(long end, long until) {
    long last = slices.of(end);
    if (last != stillAt) {
      stillAt = last;
      long turn = series.firstTurn(slices, last, windowAt(end), until, this::holdsOrMay);
      if (turn != NEVER) {
        stillAt = NOWHERE;
      }
      return turn;
    }
    return NEVER;
  }

  /** Whether it holds; where one record that does not match may be enough, nothing is still. */
  private boolean holdsOrMay(Slice total) {
    if (total.matching > 0 && total.records < kind.atLeast()) {
      stillAt = NOWHERE;
    }
    return holds(total);
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
