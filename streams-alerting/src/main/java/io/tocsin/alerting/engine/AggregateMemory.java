package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.Kind;
import io.tocsin.alerting.rule.Kind.Side;
import io.tocsin.alerting.rule.Values;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Objects;

/** A field's numbers of each slice, as far as the rule's function needs them. */
final class AggregateMemory implements Memory {

  private final Kind.Aggregate kind;
  private final Slices slices;
  private final SliceSeries series;
  private final RangeTotal window;

  AggregateMemory(Kind.Aggregate kind, GroupSpace space) {
    this.kind = kind;
    this.slices = new Slices(kind.within().millis());
    boolean percentile =
        switch (kind.function()) {
          case P50, P95, P99 -> true;
          case AVG, MIN, MAX, SUM -> false;
        };
    boolean sums =
        switch (kind.function()) {
          case AVG, SUM -> true;
          case MIN, MAX, P50, P95, P99 -> false;
        };
    this.series = new SliceSeries(space, percentile);
    this.window = new RangeTotal(series, sums);
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
    BigDecimal number = Values.number(record.field(kind.of()));
    if (number != null) {
      long index = slices.of(record.millis());
      window.included(index, number, series.include(index, number));
    }
    series.dropBefore(slices.of(groupClock) - Slices.PER_WINDOW + 1);
  }

  @Override
  public boolean holds(long end) {
    return holds(windowAt(end));
  }

  private boolean holds(Slice total) {
    if (total.records < kind.atLeast()) {
      return false;
    }
    // An average against a bound is a sum against so many bounds: no division, nothing rounded.
    int side =
        isAverage()
            ? total.sum.compareTo(kind.bound().multiply(BigDecimal.valueOf(total.records)))
            : result(total).compareTo(kind.bound());
    return kind.side() == Side.ABOVE ? side > 0 : side < 0;
  }

  @Override
  public long nextChange(long end) {
    long last = slices.of(end);
    Long first = series.firstIn(last - Slices.PER_WINDOW + 1, last);
    return first == null ? NEVER : slices.start(first + Slices.PER_WINDOW);
  }

  @Override
  public long nextChange(long end, long until) {
    Slice total = windowAt(end);
    if (isAverage() && !reaches(total)) {
      return NEVER;
    }
    return window.isSubtractable()
        ? series.firstTurn(slices, slices.of(end), total, until, this::holds)
        : nextChange(end);
  }

  /** Whether any number is on the bound's far side; if not, no average of some of them is. */
  private boolean reaches(Slice total) {
    BigDecimal farthest = kind.side() == Side.ABOVE ? total.max : total.min;
    int side = farthest == null ? 0 : farthest.compareTo(kind.bound());
    return kind.side() == Side.ABOVE ? side > 0 : side < 0;
  }

  private boolean isAverage() {
    return kind.function() == Kind.Function.AVG;
  }

  @Override
  public Object value(long end) {
    Slice total = windowAt(end);
    return total.records == 0 ? 0L : Values.tidy(result(total));
  }

  private BigDecimal result(Slice total) {
    return switch (kind.function()) {
      case AVG -> total.sum.divide(BigDecimal.valueOf(total.records), MathContext.DECIMAL64);
      case SUM -> total.sum;
      case MIN -> Objects.requireNonNull(total.min);
      case MAX -> Objects.requireNonNull(total.max);
      case P50 -> percentile(total, 50);
      case P95 -> percentile(total, 95);
      case P99 -> percentile(total, 99);
    };
  }

  private static BigDecimal percentile(Slice total, int percent) {
    return BigDecimal.valueOf(Objects.requireNonNull(total.digest).percentile(percent));
  }

  private Slice windowAt(long end) {
    long last = slices.of(end);
    return window.over(last - Slices.PER_WINDOW + 1, last);
  }
}
