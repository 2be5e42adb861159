package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.event.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates rules over records and time. Deterministic: the same rules, records and times in the
 * same order give the same transitions. Its memory lives in the store, so an engine made anew over
 * the same store carries on. Not thread-safe.
 */
public final class RuleEngine {

  private static final byte[] CLOCK_KEY = {Tag.CLOCK.code()};

  /**
   * How much an engine remembers.
   *
   * @param groupsPerRule how many groups a rule may have; the oldest quiet ones leave
   * @param sequencesPerSource how many of a source's newest sequences are known exactly; all below
   *     them count as seen
   * @param foreignIdsPerRule how many of the newest ids of another form are known
   * @param owns which expected groups of a rule this engine waits for, where several engines share
   *     the work
   */
  public record Options(
      int groupsPerRule,
      int sequencesPerSource,
      int foreignIdsPerRule,
      BiPredicate<AlertRule, Map<String, @Nullable Object>> owns) {

    /** What an engine in production remembers. */
    public static Options production() {
      return new Options(100_000, 256, 10_000, (rule, group) -> true);
    }

    /** Enough for a back-test to be exact on a shuffled history. */
    public static Options backtest() {
      return new Options(100_000, 100_000, 1_000_000, (rule, group) -> true);
    }
  }

  private static final Duration CLOCK_SAVED_EVERY = Duration.ofSeconds(1);
  private static final long NOT_STARTED = Long.MIN_VALUE;

  private final EngineStore store;
  private final EngineParts parts;
  private final RulesInForce inForce;
  private long clock = NOT_STARTED;
  private long savedClock;
  private boolean begun;

  /** An engine of production size; carries on where the store's last engine stopped. */
  public RuleEngine(RuleSet rules, EngineStore store) {
    this(rules, store, Options.production());
  }

  /** An engine; carries on where the store's last engine stopped. */
  public RuleEngine(RuleSet rules, EngineStore store, Options options) {
    this.store = store;
    this.parts = new EngineParts(options);
    byte[] saved = store.get(CLOCK_KEY);
    if (saved != null) {
      clock = new Packer.Reader(saved).int64();
      savedClock = clock;
    }
    this.inForce = new RulesInForce(rules, store, parts);
  }

  /**
   * Shows a record to the rules, at the current engine clock. The first record of all starts the
   * clock at its event time.
   *
   * @return the transitions, in the order they happened
   */
  public List<Alert> onEvent(EventRecord event) {
    List<Alert> out = new ArrayList<>();
    if (clock == NOT_STARTED) {
      setClock(event.millis());
    }
    begin(clock, out);
    parts.tally().events++;
    List<RuleWatch> takers = inForce.takers(event);
    for (int i = 0; i < takers.size(); i++) {
      takers.get(i).see(event, clock, out);
    }
    return out;
  }

  /**
   * Moves the engine clock and runs the timers that come due, each at its own time. The first call
   * of all starts the clock. A time before the clock changes nothing.
   *
   * @return the transitions, in the order they happened
   */
  public List<Alert> advanceTo(Instant engineClock) {
    List<Alert> out = new ArrayList<>();
    long to = engineClock.toEpochMilli();
    if (clock == NOT_STARTED) {
      setClock(to);
    }
    begin(Math.max(clock, to), out);
    for (GroupRef due = parts.timers().next();
        due != null && due.due <= to;
        due = parts.timers().next()) {
      parts.timers().pop();
      clock = Math.max(clock, due.due);
      due.watch.advance(due, clock, out);
    }
    if (to > clock) {
      clock = to;
    }
    if (clock - savedClock >= CLOCK_SAVED_EVERY.toMillis()) {
      setClock(clock);
    }
    return out;
  }

  /** Whether a rule takes in a record, which it may still find late or seen before. */
  public boolean wants(EventRecord event) {
    return inForce.wants(event, begun);
  }

  /** When the next timer is due; empty when none is set. */
  public Optional<Instant> nextTimer() {
    GroupRef next = parts.timers().next();
    return next == null ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next.due));
  }

  /**
   * Puts other rules in force. A rule keeps its state when only its words changed; what fires of a
   * rule that is gone or watches for something else resolves, with a reason.
   *
   * @param now when that happens, and from when groups are waited for that a rule newly expects;
   *     the engine clock when that is later. It moves no timers
   * @return the transitions, in the order they happened
   */
  public List<Alert> replaceRules(RuleSet rules, Instant now) {
    List<Alert> out = new ArrayList<>();
    if (clock == NOT_STARTED) {
      inForce.await(rules);
    } else {
      begun = true;
      inForce.replace(rules, Math.max(clock, now.toEpochMilli()), out);
    }
    return out;
  }

  /**
   * Forgets what is known of a rule, or of some of its groups: what fires of it resolves, with the
   * reason given, and everything is counted anew. An unknown rule changes nothing.
   *
   * @param where group-by fields and their values as text; every group that has them all is
   *     forgotten. Empty for the whole rule, which then also forgets which records it has seen
   * @param now when that happens; the engine clock when that is later. It moves no timers
   * @return the transitions, in the order of groups
   */
  public List<Alert> reset(String rule, Map<String, String> where, Instant now, String reason) {
    List<Alert> out = new ArrayList<>();
    if (clock != NOT_STARTED) {
      long at = Math.max(clock, now.toEpochMilli());
      begin(at, out);
      inForce.reset(rule, where, at, reason, out);
    }
    return out;
  }

  /** Counts since the engine was made. */
  public EngineStats stats() {
    return parts.tally().stats();
  }

  /**
   * What waits for the clock to have started: expected groups, rules that ended between runs. The
   * saved clock is as old as the last run.
   */
  private void begin(long now, List<Alert> out) {
    if (!begun) {
      begun = true;
      inForce.begin(now, out);
    }
  }

  private void setClock(long to) {
    clock = to;
    savedClock = to;
    store.put(CLOCK_KEY, new Packer().int64(to).bytes());
  }
}
