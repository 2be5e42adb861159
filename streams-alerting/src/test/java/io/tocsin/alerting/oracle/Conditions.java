package io.tocsin.alerting.oracle;

import io.tocsin.alerting.engine.EventRecord;
import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.Kind;
import io.tocsin.event.EventCodec;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The table of kinds, each condition as a function of all records of a group so far. */
abstract class Conditions {

  static Conditions of(AlertRule rule, long origin) {
    return switch (rule.kind()) {
      case Kind.Count count -> new SlidingConditions.Counted(count);
      case Kind.Distinct distinct -> new SlidingConditions.Differing(distinct);
      case Kind.Consecutive consecutive -> new InARow(rule, consecutive);
      case Kind.Ratio ratio -> new SlicedConditions.Share(rule, ratio);
      case Kind.Aggregate aggregate -> new SlicedConditions.Aggregated(aggregate);
      case Kind.Deviation deviation -> new SlicedConditions.Deviating(deviation);
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
