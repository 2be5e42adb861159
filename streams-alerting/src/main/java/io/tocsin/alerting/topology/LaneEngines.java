package io.tocsin.alerting.topology;

import io.tocsin.alerting.engine.EngineStats;
import io.tocsin.alerting.engine.EventRecord;
import io.tocsin.alerting.engine.RuleEngine;
import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.Origin;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.event.Alert;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rule engines of one shard, one for each lane. Used by the task's thread alone. */
final class LaneEngines {

  private static final byte[] ALL = new byte[0];
  private static final byte[] FRESH = {0};
  private static final byte[] STARTED = {1};
  private static final RuleSet NO_RULES = new RuleSet(List.of());

  private final ShardStore store;
  private final StateView lanesUsed;
  private final Shards shards;
  private final int shard;
  private final Map<String, Running> running = new LinkedHashMap<>();
  private Map<String, AlertRule> rulesByName = Map.of();

  /**
   * A lane with its engine.
   *
   * @param started whether the engine's clock ever was
   */
  private record Running(Lane lane, RuleSet rules, RuleEngine engine, boolean started) {}

  LaneEngines(ShardStore store, Shards shards, int shard) {
    this.store = store;
    this.shards = shards;
    this.shard = shard;
    this.lanesUsed = StatePart.LANES.in(store);
  }

  /** Puts rules in force at a time, and gives what that resolves. */
  List<Alert> follow(RuleSet rules, Instant now) {
    Map<Lane, List<AlertRule>> wanted = new LinkedHashMap<>();
    Map<String, AlertRule> byName = new HashMap<>();
    for (AlertRule rule : rules.rules()) {
      wanted.computeIfAbsent(Lane.of(rule), lane -> new ArrayList<>()).add(rule);
      byName.put(rule.name(), rule);
    }
    rulesByName = byName;
    List<Alert> alerts = new ArrayList<>();
    wanted.forEach((lane, own) -> alerts.addAll(enforce(lane, new RuleSet(own), now)));
    for (String name : lanesInUse()) {
      if (wanted.keySet().stream().noneMatch(lane -> lane.name().equals(name))) {
        alerts.addAll(abandon(name, now));
      }
    }
    return alerts;
  }

  private List<Alert> enforce(Lane lane, RuleSet rules, Instant now) {
    Running before = running.get(lane.name());
    if (before != null) {
      running.put(lane.name(), new Running(lane, rules, before.engine(), before.started()));
      return before.engine().replaceRules(rules, now);
    }
    byte[] known = lanesUsed.get(bytes(lane.name()));
    if (known == null) {
      lanesUsed.put(bytes(lane.name()), FRESH);
    }
    boolean started = Arrays.equals(known, STARTED);
    running.put(lane.name(), new Running(lane, rules, open(lane, rules), started));
    return List.of();
  }

  /** A lane that no rule needs any more: its alerts resolve, its state goes. */
  private List<Alert> abandon(String name, Instant now) {
    Running before = running.remove(name);
    lanesUsed.delete(bytes(name));
    if (before != null) {
      return before.engine().replaceRules(NO_RULES, now);
    }
    // The origin of a lane without rules does not matter: it is never shown a record. That it is
    // told a time lets the engine see what is gone.
    return open(new Lane(name, Origin.LOGS, List.of()), NO_RULES).advanceTo(now);
  }

  /** Forgets what a reset names, and gives what that resolves. */
  List<Alert> reset(Reset reset, Instant now) {
    List<Alert> alerts = new ArrayList<>();
    for (Running each : running.values()) {
      alerts.addAll(
          each.engine().reset(reset.rule(), reset.group(), now, "reset by " + reset.by()));
    }
    return alerts;
  }

  private RuleEngine open(Lane lane, RuleSet rules) {
    RuleEngine.Options production = RuleEngine.Options.production();
    RuleEngine.Options options =
        new RuleEngine.Options(
            production.groupsPerRule(),
            production.sequencesPerSource(),
            production.foreignIdsPerRule(),
            (rule, group) -> ownsGroup(lane, rule, group));
    return new RuleEngine(rules, StatePart.ENGINE.in(store, lane.name()), options);
  }

  private boolean ownsGroup(Lane lane, AlertRule rule, Map<String, @Nullable Object> group) {
    return lane.keyOf(rule, group).filter(key -> shards.of(key) == shard).isPresent();
  }

  /** Makes the engine of a lane anew from its store, after it failed half-way. */
  void reopen(String lane) {
    Running broken = running.get(lane);
    if (broken != null) {
      RuleEngine engine = open(broken.lane(), broken.rules());
      running.put(lane, new Running(broken.lane(), broken.rules(), engine, broken.started()));
    }
  }

  /** The lanes on which some rule wants to see a record. */
  List<Lane> lanesFor(EventRecord event) {
    List<Lane> lanes = new ArrayList<>(2);
    for (Running each : running.values()) {
      if (each.lane().origin() == event.origin() && each.engine().wants(event)) {
        lanes.add(each.lane());
      }
    }
    return lanes;
  }

  /** The lane under this name, while some rule is on it. */
  Optional<Lane> lane(String name) {
    return Optional.ofNullable(running.get(name)).map(Running::lane);
  }

  /**
   * Moves a lane's clock, then shows it a record.
   *
   * @param clock the engine clock; the epoch while it is not known
   * @param appendedAt when the record was appended: where a clock starts that is not known
   */
  List<Alert> onEvent(Lane lane, Instant clock, Instant appendedAt, EventRecord event) {
    Running each = running.get(lane.name());
    if (each == null) {
      return List.of();
    }
    boolean known = clock.isAfter(Instant.EPOCH);
    List<Alert> alerts = new ArrayList<>();
    if (known || !each.started()) {
      alerts.addAll(advance(each, known ? clock : appendedAt));
    }
    alerts.addAll(each.engine().onEvent(event));
    return alerts;
  }

  /** Moves the clocks of all lanes. */
  List<Alert> advanceTo(Instant clock) {
    List<Alert> alerts = new ArrayList<>();
    for (Running each : List.copyOf(running.values())) {
      alerts.addAll(advance(each, clock));
    }
    return alerts;
  }

  private List<Alert> advance(Running each, Instant clock) {
    if (!each.started()) {
      String name = each.lane().name();
      lanesUsed.put(bytes(name), STARTED);
      running.put(name, new Running(each.lane(), each.rules(), each.engine(), true));
    }
    return each.engine().advanceTo(clock);
  }

  /** When the next timer of any lane is due. */
  Optional<Instant> nextTimer() {
    Instant next = null;
    for (Running each : running.values()) {
      Instant due = each.engine().nextTimer().orElse(null);
      if (due != null && (next == null || due.isBefore(next))) {
        next = due;
      }
    }
    return Optional.ofNullable(next);
  }

  Optional<AlertRule> rule(String name) {
    return Optional.ofNullable(rulesByName.get(name));
  }

  List<EngineStats> stats() {
    return running.values().stream().map(each -> each.engine().stats()).toList();
  }

  private List<String> lanesInUse() {
    List<String> names = new ArrayList<>();
    lanesUsed.forEachPrefix(
        ALL, (key, value) -> names.add(new String(key, StandardCharsets.UTF_8)));
    return names;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
