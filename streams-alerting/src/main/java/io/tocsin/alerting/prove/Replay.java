package io.tocsin.alerting.prove;

import io.tocsin.alerting.engine.EngineStats;
import io.tocsin.alerting.engine.EngineStore;
import io.tocsin.alerting.engine.EventRecord;
import io.tocsin.alerting.engine.RuleEngine;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.event.Alert;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drives an engine by the records alone: the engine clock is the greatest event time read so far.
 * Hands on every transition, ordered by time, then rule, then group. Not thread-safe.
 */
public final class Replay {

  private final RuleEngine engine;
  private final @Nullable Instant from;
  private final @Nullable Instant until;
  private final OrderedTransitions out;
  private @Nullable Instant clock;

  /**
   * A replay that has read nothing.
   *
   * @param from where the clock starts; records before are left out. Null for the first record's
   *     time
   * @param until where the clock ends; records after are left out. Null for the last record's time
   */
  public Replay(
      RuleSet rules, @Nullable Instant from, @Nullable Instant until, Consumer<Alert> out) {
    this.engine = new RuleEngine(rules, EngineStore.inMemory(), RuleEngine.Options.backtest());
    this.from = from;
    this.until = until;
    this.out = new OrderedTransitions(out);
    if (from != null) {
      advanceTo(from);
    }
  }

  /** Reads the next record. */
  public void read(EventRecord record) {
    Instant ts = record.ts();
    if ((from != null && ts.isBefore(from)) || (until != null && ts.isAfter(until))) {
      return;
    }
    if (clock == null || ts.isAfter(clock)) {
      advanceTo(ts);
    }
    out.add(engine.onEvent(record));
  }

  /** Runs the clock to its end and hands on what is still held back. */
  public EngineStats finish() {
    if (until != null && (clock == null || until.isAfter(clock))) {
      advanceTo(until);
    }
    out.flush();
    return engine.stats();
  }

  private void advanceTo(Instant time) {
    clock = time;
    List<Alert> transitions = engine.advanceTo(time);
    out.add(transitions);
  }
}
