package io.tocsin.alerting.oracle;

import io.tocsin.alerting.engine.EventRecord;
import io.tocsin.alerting.rule.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The kinds whose window slides with every record. */
final class SlidingConditions {

  private SlidingConditions() {}

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
}
