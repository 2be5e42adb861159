package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.event.Alert;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of an engine, and how one set of them gives way to another. */
final class RulesInForce {

  private static final String GONE = "the rule was removed";
  private static final String CHANGED = "the rule's condition was changed";

  private final EngineStore store;
  private final EngineParts parts;
  private RuleSet rules;
  private Map<String, RuleWatch> watches = new LinkedHashMap<>();
  private RuleIndex index = new RuleIndex(List.of());
  private final List<RuleWatch> takers = new ArrayList<>();
  private @Nullable EventRecord shown;

  /** The rules of a new engine; those whose condition the store knows take up their state. */
  RulesInForce(RuleSet rules, EngineStore store, EngineParts parts) {
    this.store = store;
    this.parts = parts;
    this.rules = rules;
    Map<String, String> known = conditionsInStore();
    install(
        rules.rules().stream()
            .filter(rule -> rule.condition().equals(known.get(rule.name())))
            .toList());
  }

  /**
   * The rules that take in a record, in their order; until the next call. The same record is asked
   * for twice: whether anybody wants it, and who.
   */
  @SuppressWarnings("ReferenceEquality") // an equal record is as good as another
  List<RuleWatch> takers(EventRecord event) {
    if (event != shown) {
      takers.clear();
      for (RuleIndex.Candidate candidate : index.candidates(event)) {
        if (candidate.rest().test(event.fields())) {
          takers.add(candidate.watch());
        }
      }
      shown = event;
    }
    return takers;
  }

  /**
   * Whether some rule takes in a record.
   *
   * @param begun whether the rules that were handed in are in the index
   */
  boolean wants(EventRecord event, boolean begun) {
    if (!begun) {
      return rules.rules().stream().anyMatch(rule -> rule.seen().test(event.fields()));
    }
    return !takers(event).isEmpty();
  }

  /** Other rules than those of the constructor, before the clock has started. */
  void await(RuleSet instead) {
    rules = instead;
  }

  /** Puts the rules in force that were handed in, once there is a clock to end others at. */
  void begin(long engineClock, List<Alert> out) {
    replace(rules, engineClock, out);
  }

  /** Puts other rules in force; what has no state in them ends. */
  void replace(RuleSet next, long engineClock, List<Alert> out) {
    rules = next;
    Map<String, AlertRule> byName = new LinkedHashMap<>();
    next.rules().forEach(rule -> byName.put(rule.name(), rule));
    conditionsInStore()
        .forEach(
            (name, condition) -> {
              AlertRule rule = byName.get(name);
              if (rule == null || !rule.condition().equals(condition)) {
                end(name, rule == null ? GONE : CHANGED, engineClock, out);
              }
            });
    install(next.rules());
    next.rules().forEach(this::saveCondition);
    watches.values().forEach(watch -> watch.expect(engineClock, parts.options().owns()));
  }

  /** Forgets a rule's state, or that of the groups with these values; what fired of it resolves. */
  void reset(
      String name, Map<String, String> where, long engineClock, String reason, List<Alert> out) {
    RuleWatch watch = watches.get(name);
    if (watch == null) {
      return;
    }
    if (where.isEmpty()) {
      watches.remove(name);
      watch.end(engineClock, reason, out);
      install(rules.rules());
    } else {
      watch.forget(where, engineClock, reason, out);
    }
    watches.values().forEach(each -> each.expect(engineClock, parts.options().owns()));
  }

  private void end(String name, String reason, long engineClock, List<Alert> out) {
    RuleWatch watch = watches.remove(name);
    if (watch != null) {
      watch.end(engineClock, reason, out);
    } else {
      RuleWatch.end(new RuleSpace(store, name), engineClock, reason, out);
    }
    store.delete(new RuleSpace(store, name).key(Tag.RULE));
  }

  private void install(List<AlertRule> present) {
    Map<String, RuleWatch> installed = new LinkedHashMap<>();
    for (AlertRule rule : present) {
      RuleWatch watch = watches.get(rule.name());
      if (watch == null) {
        watch = new RuleWatch(rule, store, parts);
      } else {
        watch.reword(rule);
      }
      installed.put(rule.name(), watch);
    }
    watches = installed;
    shown = null;
    index = new RuleIndex(new ArrayList<>(watches.values()));
  }

  private void saveCondition(AlertRule rule) {
    byte[] key = new RuleSpace(store, rule.name()).key(Tag.RULE);
    byte @Nullable [] known = store.get(key);
    if (known == null) {
      store.put(key, new Packer().text(rule.name()).text(rule.condition()).bytes());
    }
  }

  private Map<String, String> conditionsInStore() {
    Map<String, String> conditions = new LinkedHashMap<>();
    store.forEachPrefix(
        new byte[] {Tag.RULE.code()},
        (key, value) -> {
          Packer.Reader in = new Packer.Reader(value);
          conditions.put(String.valueOf(in.text()), String.valueOf(in.text()));
        });
    return conditions;
  }
}
