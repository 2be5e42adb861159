package io.tocsin.alerting;

import io.tocsin.alerting.RulesAdmin.AppliedRule;
import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The difference between rules on Kafka and those that are to stand there. Immutable. */
public final class RulesPlan {

  private static final String RESOLVES = "; what fires of it resolves";

  private final List<Change> changes;
  private final int unchanged;

  private RulesPlan(List<Change> changes, int unchanged) {
    this.changes = List.copyOf(changes);
    this.unchanged = unchanged;
  }

  /** What happens to one rule. */
  sealed interface Change {

    /** A rule that is not there, or cannot be read. */
    record Add(AlertRule rule) implements Change {}

    /**
     * A rule that reads differently.
     *
     * @param rule with its next revision
     * @param keepsState whether only its words change
     */
    record Alter(AlertRule rule, boolean keepsState) implements Change {}

    /** A rule that no file has any more. */
    record Remove(String name) implements Change {}
  }

  /**
   * The way from one to the other.
   *
   * @param prune whether rules that {@code wanted} does not have are removed
   */
  static RulesPlan of(SortedMap<String, AppliedRule> present, RuleSet wanted, boolean prune) {
    SortedMap<String, Change> changes = new TreeMap<>();
    int unchanged = 0;
    for (AlertRule rule : wanted.rules()) {
      AppliedRule standing = present.get(rule.name());
      Change change = change(standing == null ? null : standing.rule(), rule);
      if (change == null) {
        unchanged++;
      } else {
        changes.put(rule.name(), change);
      }
    }
    if (prune) {
      present.keySet().stream()
          .filter(name -> wanted.rules().stream().noneMatch(rule -> rule.name().equals(name)))
          .forEach(name -> changes.put(name, new Change.Remove(name)));
    }
    return new RulesPlan(new ArrayList<>(changes.values()), unchanged);
  }

  private static @Nullable Change change(@Nullable AlertRule present, AlertRule wanted) {
    if (present == null) {
      return new Change.Add(wanted);
    }
    AlertRule next = wanted.withRevision(present.revision());
    if (next.equals(present)) {
      return null;
    }
    boolean keepsState = next.condition().equals(present.condition());
    return new Change.Alter(next.withRevision(present.revision() + 1), keepsState);
  }

  /** The changes, in order of name. */
  List<Change> changes() {
    return changes;
  }

  /** True when everything is as wanted. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** A line for each change, and one for what stays. */
  public String text() {
    String count = unchanged + (unchanged == 1 ? " rule" : " rules") + " unchanged";
    return changes.stream().map(change -> line(change) + "\n").collect(Collectors.joining())
        + count;
  }

  private static String line(Change change) {
    return switch (change) {
      case Change.Add add -> "+ " + add.rule().name();
      case Change.Alter alter ->
          "~ "
              + alter.rule().name()
              + (alter.keepsState()
                  ? ": only its words change, it keeps its state"
                  : ": its condition changes, it begins anew" + RESOLVES);
      case Change.Remove remove -> "- " + remove.name() + ": removed" + RESOLVES;
    };
  }
}
