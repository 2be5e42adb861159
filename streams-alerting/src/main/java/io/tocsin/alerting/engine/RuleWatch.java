package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.Kind;
import io.tocsin.event.Alert;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** A rule at work: which records it takes, and its groups. */
final class RuleWatch {

  private final RuleSpace space;
  private final Timers timers;
  private final Tally tally;
  private final SeenIds ids;
  private final Groups groups;
  private final GroupValues groupValues;
  private AlertRule rule;

  /** A rule; takes up what the store holds of it. */
  RuleWatch(AlertRule rule, EngineStore store, EngineParts parts) {
    this.rule = rule;
    this.space = new RuleSpace(store, rule.name());
    this.timers = parts.timers();
    this.tally = parts.tally();
    this.ids = new SeenIds(space, parts.options(), parts.identity());
    this.groupValues = new GroupValues(rule);
    this.groups =
        new Groups(this, space, parts.options().groupsPerRule(), parts.residents(), parts.tally());
    groups.restore(rule, timers);
  }

  AlertRule rule() {
    return rule;
  }

  /** Makes the groups that an absence rule waits for and that were never seen. */
  void expect(long engineClock, BiPredicate<AlertRule, Map<String, @Nullable Object>> owns) {
    if (!(rule.kind() instanceof Kind.Absent absent)) {
      return;
    }
    for (Map<String, Object> expected : absent.expect()) {
      GroupValues.Named group = groupValues.ofExpected(expected);
      if (owns.test(rule, group.values()) && !groups.has(group.identity())) {
        GroupRef ref = groups.of(group, rule);
        if (ref != null) {
          Group made = Objects.requireNonNull(ref.group);
          made.expectFrom(engineClock);
          track(ref, made);
        }
      }
    }
  }

  /** Shows the rule a record that it takes. */
  void see(EventRecord record, long engineClock, List<Alert> out) {
    GroupValues.Named group = groupValues.of(record);
    if (group == null) {
      tally.lackingGroupBy++;
      return;
    }
    String id = record.id();
    if (id != null && !ids.add(id)) {
      tally.duplicatesIgnored++;
      return;
    }
    boolean matches = rule.kind().seen().isEmpty() || rule.match().test(record.fields());
    GroupRef ref = groups.of(group, rule);
    if (ref != null) {
      accept(ref, record, matches, engineClock, out);
    }
  }

  private void accept(
      GroupRef ref, EventRecord record, boolean matches, long engineClock, List<Alert> out) {
    Group group = groups.open(ref, rule);
    if (group.isLate(record)) {
      tally.lateIgnored++;
      return;
    }
    group.accept(record, matches, engineClock, out);
    track(ref, group);
  }

  /** Does what is due in a group at an engine clock. */
  void advance(GroupRef ref, long engineClock, List<Alert> out) {
    Group group = groups.open(ref, rule);
    group.advance(engineClock, out);
    track(ref, group);
  }

  private void track(GroupRef ref, Group group) {
    ref.mirror(group);
    timers.update(ref);
  }

  /** Puts other words in force. */
  void reword(AlertRule reworded) {
    rule = reworded;
    groups.reword(reworded);
  }

  /** Forgets the groups that have these values; what fires of them resolves. */
  void forget(Map<String, String> where, long engineClock, String reason, List<Alert> out) {
    groups.forget(where, firing -> out.add(Transition.cutOff(firing, engineClock, reason)));
  }

  /** Ends the rule: what fires of it resolves, and all of it is forgotten. */
  void end(long engineClock, String reason, List<Alert> out) {
    groups.clear();
    end(space, engineClock, reason, out);
  }

  /** Ends a rule of which only the store knows. */
  static void end(RuleSpace space, long engineClock, String reason, List<Alert> out) {
    Groups.openEpisodes(space, firing -> out.add(Transition.cutOff(firing, engineClock, reason)));
    space.clear();
  }
}
