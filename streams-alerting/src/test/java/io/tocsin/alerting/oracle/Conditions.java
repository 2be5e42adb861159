package io.tocsin.alerting.oracle;

import io.tocsin.alerting.engine.EventRecord;
import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.FieldPath;
import io.tocsin.alerting.rule.Kind;
import io.tocsin.event.EventCodec;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;

/** The table of kinds, each condition as a function of all records of a group so far. */
abstract class Conditions {

  static Conditions of(AlertRule rule, long origin) {
    return switch (rule.kind()) {
      case Kind.Count count -> new Counted(count);
      case Kind.Distinct distinct -> new Differing(distinct);
      case Kind.Consecutive consecutive -> new InARow(rule, consecutive);
      case Kind.Ratio ratio -> new Share(rule, ratio);
      case Kind.Aggregate aggregate -> new Aggregated(aggregate);
      case Kind.Deviation deviation -> new Deviating(deviation);
      case Kind.Absent absent -> new Silent(absent, origin);
      case Kind.Change change -> new Changed(change);
      case Kind.New fresh -> new Unseen(rule, fresh);
    };
  }

  boolean isOlderThanWindow(long ts, long groupClock) {
    return false;
  }

  void arrived(EventRecord record, long clock) {}

  long moment(long groupClock, long clock) {
    return groupClock;
  }

  abstract boolean hold(List<EventRecord> records, long end);

  abstract Object value(List<EventRecord> records, long end);

  /** The next time at which to look again, though nothing came in. */
  long nextMoment(List<EventRecord> records, long after) {
    return Long.MAX_VALUE;
  }

  static String json(Map<String, Object> map) {
    return new String(EventCodec.encodeObject(map), StandardCharsets.UTF_8);
  }

  static long ts(EventRecord record) {
    return record.ts().toEpochMilli();
  }

  /** Values are the same by JSON type and amount. */
  static Object key(Object value) {
    return value instanceof Number n ? new BigDecimal(n.toString()).stripTrailingZeros() : value;
  }

  /** {@code (end - within, end]}, looked at again whenever a record falls out of it. */
  abstract static class Sliding extends Conditions {
    final long within;

    Sliding(long within) {
      this.within = within;
    }

    List<EventRecord> window(List<EventRecord> records, long end) {
      return records.stream().filter(r -> ts(r) > end - within && ts(r) <= end).toList();
    }

    @Override
    boolean isOlderThanWindow(long ts, long groupClock) {
      return ts <= groupClock - within;
    }

    @Override
    long nextMoment(List<EventRecord> records, long after) {
      return records.stream()
          .mapToLong(r -> ts(r) + within)
          .filter(t -> t > after)
          .min()
          .orElse(Long.MAX_VALUE);
    }
  }

  static final class Counted extends Sliding {
    private final Kind.Count kind;

    Counted(Kind.Count kind) {
      super(kind.within().length().toMillis());
      this.kind = kind;
    }

    @Override
    boolean hold(List<EventRecord> records, long end) {
      return window(records, end).size() >= kind.atLeast();
    }

    @Override
    Object value(List<EventRecord> records, long end) {
      return window(records, end).size();
    }
  }

  static final class Differing extends Sliding {
    private final Kind.Distinct kind;

    Differing(Kind.Distinct kind) {
      super(kind.within().length().toMillis());
      this.kind = kind;
    }

    @Override
    boolean hold(List<EventRecord> records, long end) {
      return different(records, end) >= kind.atLeast();
    }

    @Override
    Object value(List<EventRecord> records, long end) {
      return different(records, end);
    }

    private int different(List<EventRecord> records, long end) {
      Set<Object> values = new HashSet<>();
      for (EventRecord record : window(records, end)) {
        Object value = record.field(kind.of());
        if (value != null) {
          values.add(key(value));
        }
      }
      return values.size();
    }
  }

  static final class InARow extends Conditions {
    private final AlertRule rule;
    private final Kind.Consecutive kind;

    InARow(AlertRule rule, Kind.Consecutive kind) {
      this.rule = rule;
      this.kind = kind;
    }

    @Override
    boolean hold(List<EventRecord> records, long end) {
      int n = (int) kind.times();
      return records.size() >= n
          && records.subList(records.size() - n, records.size()).stream()
              .allMatch(r -> rule.match().test(r.fields()));
    }

    @Override
    Object value(List<EventRecord> records, long end) {
      int run = 0;
      for (EventRecord record : records) {
        run = rule.match().test(record.fields()) ? run + 1 : 0;
      }
      return run;
    }
  }

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

  static final class Silent extends Conditions {
    private final long after;
    private final long origin;

    Silent(Kind.Absent kind, long origin) {
      this.after = kind.after().length().toMillis();
      this.origin = origin;
    }

    @Override
    long moment(long groupClock, long clock) {
      return clock;
    }

    private long last(List<EventRecord> records) {
      return records.stream().mapToLong(Conditions::ts).max().orElse(origin);
    }

    @Override
    boolean hold(List<EventRecord> records, long end) {
      return last(records) + after <= end;
    }

    @Override
    Object value(List<EventRecord> records, long end) {
      return BigDecimal.valueOf(end - last(records), 3);
    }

    @Override
    long nextMoment(List<EventRecord> records, long now) {
      return last(records) + after > now ? last(records) + after : Long.MAX_VALUE;
    }
  }

  static final class Changed extends Conditions {
    private final Kind.Change kind;

    Changed(Kind.Change kind) {
      this.kind = kind;
    }

    @Override
    boolean hold(List<EventRecord> records, long end) {
      Object to = key(kind.to());
      Object from = kind.from() == null ? null : key(kind.from());
      Object previous = null;
      boolean became = false;
      for (EventRecord record : records) {
        Object value = record.field(kind.of());
        if (value == null) {
          continue;
        }
        if (!key(value).equals(to)) {
          became = false;
        } else if (!Objects.equals(previous, to)) {
          became = from == null || from.equals(previous);
        }
        previous = key(value);
      }
      return became;
    }

    @Override
    Object value(List<EventRecord> records, long end) {
      return kind.to();
    }
  }

  static final class Unseen extends Conditions {
    private final AlertRule rule;
    private final Kind.New kind;
    private final List<Long> arrivals = new ArrayList<>();
    private long clock;

    Unseen(AlertRule rule, Kind.New kind) {
      this.rule = rule;
      this.kind = kind;
    }

    @Override
    void arrived(EventRecord record, long now) {
      clock = now;
      arrivals.add(now);
    }

    /** A new value is as long news as it takes to resolve; never less than the moment it comes. */
    @Override
    boolean hold(List<EventRecord> records, long end) {
      int newest = newest(records);
      if (newest < 0) {
        return false;
      }
      boolean justNow = newest == records.size() - 1 && end < clock;
      return justNow || Math.max(end, clock) < until(newest);
    }

    private long until(int newest) {
      return arrivals.get(newest) + rule.resolveAfter().toMillis();
    }

    /** Which record was the last to bring something new; -1 when none was. */
    private int newest(List<EventRecord> records) {
      Set<Object> known = new HashSet<>();
      int newest = -1;
      for (int i = 0; i < records.size(); i++) {
        EventRecord record = records.get(i);
        Object value = record.field(kind.of());
        boolean learnt = ts(record) - ts(records.getFirst()) >= kind.learn().length().toMillis();
        if (value != null && known.add(key(value)) && learnt) {
          newest = i;
        }
      }
      return newest;
    }

    /** The moment before now, at which what comes now is not yet over. */
    @Override
    long moment(long groupClock, long now) {
      return now - 1;
    }

    @Override
    long nextMoment(List<EventRecord> records, long after) {
      int newest = newest(records);
      return newest >= 0 && until(newest) > after ? until(newest) : Long.MAX_VALUE;
    }

    @Override
    Object value(List<EventRecord> records, long end) {
      return records.get(newest(records)).field(kind.of());
    }
  }
}
