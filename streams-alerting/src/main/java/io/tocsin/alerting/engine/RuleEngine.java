package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.event.Alert;
import java.time.Instant;
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

  /** An engine of production size; carries on where the store's last engine stopped. */
  public RuleEngine(RuleSet rules, EngineStore store) {
    this(rules, store, Options.production());
  }

  /** An engine; carries on where the store's last engine stopped. */
  public RuleEngine(RuleSet rules, EngineStore store, Options options) {}

  /** Shows a record to the rules, at the current engine clock. The first one starts the clock. */
  public List<Alert> onEvent(EventRecord event) {
    return List.of();
  }

  /**
   * Moves the engine clock and runs the timers that come due, each at its own time. The first call
   * starts the clock. A time before the clock changes nothing.
   */
  public List<Alert> advanceTo(Instant engineClock) {
    return List.of();
  }

  /** When the next timer is due; never before the clock. */
  public Optional<Instant> nextTimer() {
    return Optional.empty();
  }

  /**
   * Puts other rules in force. A rule keeps its state when only its words changed; what fires of a
   * rule that is gone or watches for something else resolves now, with a reason.
   */
  public List<Alert> replaceRules(RuleSet rules) {
    return List.of();
  }

  /** Counts since the engine was made. */
  public EngineStats stats() {
    return new EngineStats(0, 0, 0, 0, 0, 0, 0);
  }
}
