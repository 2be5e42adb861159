package io.tocsin.alerting.oracle;

import io.tocsin.alerting.engine.EventRecord;
import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.FieldPath;
import io.tocsin.alerting.rule.Kind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/** The kinds whose window is made of slices. */
final class SlicedConditions {

  private SlicedConditions() {}

  /** 60 equal slices aligned to the epoch, in exact arithmetic. */
  abstract static class Sliced extends Conditions {
    final long within;

    Sliced(long within) {
      this.within = within;
    }

    long slice(long ts) {
      return Math.multiplyExact(ts, 60L) / within;
    }

    /** The first millisecond of a slice. */
    private long firstOf(long slice) {
      long t = slice * within / 60;
      while (slice(t) < slice) {
        t++;
      }
      return t;
    }

    List<EventRecord> slices(List<EventRecord> records, long from, long to) {
      return records.stream().filter(r -> slice(ts(r)) >= from && slice(ts(r)) <= to).toList();
    }

    List<EventRecord> window(List<EventRecord> records, long end) {
      return slices(records, slice(end) - 59, slice(end));
    }

    /** How many slices before the window count, too. */
    long before() {
      return 0;
    }

    @Override
    boolean isOlderThanWindow(long ts, long groupClock) {
      return slice(ts) < slice(groupClock) - 59;
    }

    /** When the next record leaves the window, or the baseline before it. */
    @Override
    long nextMoment(List<EventRecord> records, long after) {
      return records.stream()
          .mapToLong(r -> slice(ts(r)) + 60)
          .flatMap(slice -> LongStream.of(firstOf(slice), firstOf(slice + before())))
          .filter(t -> t > after)
          .min()
          .orElse(Long.MAX_VALUE);
    }

    static List<BigDecimal> numbers(List<EventRecord> records, FieldPath field) {
      List<BigDecimal> numbers = new ArrayList<>();
      for (EventRecord record : records) {
        if (record.field(field) instanceof Number number) {
          numbers.add(new BigDecimal(number.toString()));
        }
      }
      return numbers;
    }

    static BigDecimal sum(List<BigDecimal> numbers) {
      return numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static BigDecimal average(List<BigDecimal> numbers) {
      return sum(numbers).divide(BigDecimal.valueOf(numbers.size()), new MathContext(60));
    }
  }

  static final class Share extends Sliced {
    private final AlertRule rule;
    private final Kind.Ratio kind;

    Share(AlertRule rule, Kind.Ratio kind) {
      super(kind.within().length().toMillis());
      this.rule = rule;
      this.kind = kind;
    }

    @Override
    boolean hold(List<EventRecord> records, long end) {
      List<EventRecord> window = window(records, end);
      return window.size() >= kind.atLeast()
          && ((BigDecimal) value(records, end)).compareTo(kind.above()) > 0;
    }

    @Override
    Object value(List<EventRecord> records, long end) {
      List<EventRecord> window = window(records, end);
      long matching = window.stream().filter(r -> rule.match().test(r.fields())).count();
      return BigDecimal.valueOf(matching)
          .divide(BigDecimal.valueOf(window.size()), new MathContext(60));
    }
  }

  static final class Aggregated extends Sliced {
    private final Kind.Aggregate kind;

    Aggregated(Kind.Aggregate kind) {
      super(kind.within().length().toMillis());
      this.kind = kind;
    }

    @Override
    boolean hold(List<EventRecord> records, long end) {
      if (numbers(window(records, end), kind.of()).size() < kind.atLeast()) {
        return false;
      }
      int side = ((BigDecimal) value(records, end)).compareTo(kind.bound());
      return kind.side() == Kind.Side.ABOVE ? side > 0 : side < 0;
    }

    @Override
    Object value(List<EventRecord> records, long end) {
      List<BigDecimal> numbers = new ArrayList<>(numbers(window(records, end), kind.of()));
      numbers.sort(Comparator.naturalOrder());
      return switch (kind.function()) {
        case AVG -> average(numbers);
        case SUM -> sum(numbers);
        case MIN -> numbers.getFirst();
        case MAX -> numbers.getLast();
        case P50 -> nearestRank(numbers, 50);
        case P95 -> nearestRank(numbers, 95);
        case P99 -> nearestRank(numbers, 99);
      };
    }

    private static BigDecimal nearestRank(List<BigDecimal> sorted, int percent) {
      int rank = 1;
      while (rank * 100 < percent * sorted.size()) {
        rank++;
      }
      return sorted.get(rank - 1);
    }
  }

  static final class Deviating extends Sliced {
    private final Kind.Deviation kind;

    Deviating(Kind.Deviation kind) {
      super(kind.within().length().toMillis());
      this.kind = kind;
    }

    @Override
    long before() {
      return (kind.baseline().length().toMillis() * 60 + within - 1) / within;
    }

    @Override
    boolean hold(List<EventRecord> records, long end) {
      List<BigDecimal> now = numbers(window(records, end), kind.of());
      if (now.isEmpty() || baseline(records, end).size() < kind.atLeast()) {
        return false;
      }
      // In whole numbers of one common divisor: two thirds that were rounded are not compared.
      List<BigDecimal> before = baseline(records, end);
      BigDecimal mean = sum(now).multiply(BigDecimal.valueOf(before.size()));
      BigDecimal normal = sum(before).multiply(BigDecimal.valueOf(now.size()));
      BigDecimal stray = mean.subtract(normal);
      BigDecimal bound = kind.by().multiply(normal.abs());
      return (kind.side() == Kind.Side.ABOVE ? stray : stray.negate()).compareTo(bound) > 0;
    }

    private List<BigDecimal> baseline(List<EventRecord> records, long end) {
      long start = slice(end) - 59;
      return numbers(slices(records, start - before(), start - 1), kind.of());
    }

    @Override
    Object value(List<EventRecord> records, long end) {
      BigDecimal now = average(numbers(window(records, end), kind.of()));
      BigDecimal normal = average(baseline(records, end));
      return normal.signum() == 0
          ? now
          : now.subtract(normal).divide(normal.abs(), new MathContext(60));
    }
  }
}
