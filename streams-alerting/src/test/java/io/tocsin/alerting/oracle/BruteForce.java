package io.tocsin.alerting.oracle;

import io.tocsin.alerting.engine.EventRecord;
import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.FieldPath;
import io.tocsin.alerting.rule.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One rule of rules.md over one history, the slow way: it keeps every record and, whenever it needs
 * to know something, works it out from all of them. Shares no code with the engine but the rule's
 * own reading and matching, which have their own tests.
 */
final class BruteForce {

  private final AlertRule rule;
  private final long origin;
  private final Map<String, OneGroup> groups = new TreeMap<>();
  private final Set<String> seenIds = new HashSet<>();
  private final List<Line> lines = new ArrayList<>();

  /** What is compared: a transition in the words of the back-test. */
  record Line(long at, String rule, String group, String status, Object value, long startsAt) {}

  private BruteForce(AlertRule rule, long origin) {
    this.rule = rule;
    this.origin = origin;
  }

  /** All transitions, in the order of the back-test. */
  static List<Line> run(AlertRule rule, List<EventRecord> records, Instant until) {
    if (records.isEmpty()) {
      return List.of();
    }
    BruteForce all = new BruteForce(rule, millis(records.getFirst()));
    all.expectGroups();
    long clock = Long.MIN_VALUE;
    for (EventRecord record : records) {
      clock = Math.max(clock, millis(record));
      all.tick(clock);
      all.read(record, clock);
    }
    all.tick(Math.max(clock, until.toEpochMilli()));
    all.lines.sort(java.util.Comparator.comparingLong(Line::at).thenComparing(Line::group));
    return all.lines;
  }

  private void expectGroups() {
    if (rule.kind() instanceof Kind.Absent absent) {
      for (Map<String, Object> expected : absent.expect()) {
        groups.computeIfAbsent(Conditions.json(expected), key -> new OneGroup(key)).check(origin);
      }
    }
  }

  private void tick(long clock) {
    groups.values().forEach(group -> group.tick(clock));
  }

  private void read(EventRecord record, long clock) {
    if (record.origin() != rule.from() || !rule.seen().test(record.fields())) {
      return;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (FieldPath field : rule.groupBy()) {
      if (record.field(field) == null) {
        return;
      }
      values.put(field.path(), record.field(field));
    }
    if (record.id() != null && !seenIds.add(record.id())) {
      return;
    }
    groups.computeIfAbsent(Conditions.json(values), key -> new OneGroup(key)).read(record, clock);
  }

  static long millis(EventRecord record) {
    return record.ts().toEpochMilli();
  }

  private enum State {
    QUIET,
    PENDING,
    FIRING,
    RECOVERING
  }

  /** One group's records so far, and the alert's state. */
  private final class OneGroup {

    private final String name;
    private final List<EventRecord> records = new ArrayList<>();
    private final Conditions conditions = Conditions.of(rule, origin);
    private State state = State.QUIET;
    private long since;
    private long lookedAt;
    private long nextLook = Long.MAX_VALUE;
    private Object value = "";
    private long start;

    OneGroup(String name) {
      this.name = name;
    }

    private long groupClock() {
      return records.stream().mapToLong(BruteForce::millis).max().orElse(origin);
    }

    void read(EventRecord record, long clock) {
      if (!records.isEmpty() && conditions.isOlderThanWindow(millis(record), groupClock())) {
        return;
      }
      records.add(record);
      conditions.arrived(record, clock);
      lookedAt = conditions.moment(groupClock(), clock);
      look(conditions.hold(records, lookedAt), clock, clock);
      nextLook = conditions.nextMoment(records, lookedAt);
      tick(clock);
    }

    /** Starts to look at an expected group. */
    void check(long at) {
      lookedAt = at;
      nextLook = conditions.nextMoment(records, at);
    }

    /** Everything that is due by now, in order; what stops holding stops first. */
    void tick(long clock) {
      while (true) {
        long change = stateEnds();
        long next = Math.min(change, nextLook);
        if (next > clock) {
          return;
        }
        long at = Math.max(next, lastClock(clock, next));
        if (nextLook == next) {
          lookedAt = next;
          look(conditions.hold(records, next), at, next);
          nextLook = conditions.nextMoment(records, next);
        } else if (state == State.PENDING) {
          fire(at, Math.max(at, lookedAt));
        } else {
          resolve(at);
        }
      }
    }

    private long reached = Long.MIN_VALUE;

    /** A timer runs at its own time, or at the present clock when it was due before it was set. */
    private long lastClock(long clock, long due) {
      reached = Math.max(reached, Math.min(due, clock));
      return reached;
    }

    void look(boolean holds, long clock, long asOf) {
      reached = Math.max(reached, clock);
      if (holds && state == State.QUIET) {
        state = State.PENDING;
        since = clock;
        if (rule.holdsFor().isZero()) {
          fire(clock, lookedAt);
        }
      } else if (!holds && state == State.PENDING) {
        state = State.QUIET;
      } else if (!holds && state == State.FIRING) {
        state = State.RECOVERING;
        since = asOf;
      } else if (holds && state == State.RECOVERING) {
        state = State.FIRING;
      }
    }

    private long stateEnds() {
      return switch (state) {
        case QUIET, FIRING -> Long.MAX_VALUE;
        case PENDING -> since + rule.holdsFor().toMillis();
        case RECOVERING -> since + recoverAfter().toMillis();
      };
    }

    private Duration recoverAfter() {
      return rule.kind() instanceof Kind.New ? Duration.ZERO : rule.resolveAfter();
    }

    /**
     * Its value is as of the record that tips it, or as of the moment it has held for long enough.
     */
    private void fire(long at, long asOf) {
      state = State.FIRING;
      value = conditions.value(records, asOf);
      start = groupClock();
      lines.add(new Line(at, rule.name(), name, "firing", value, start));
    }

    private void resolve(long at) {
      state = State.QUIET;
      lines.add(new Line(at, rule.name(), name, "resolved", value, start));
    }
  }
}
