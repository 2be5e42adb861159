package io.tocsin.alerting.rule;

import io.tocsin.event.Alert.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a rule file. Immutable.
 *
 * @param name unique among the rules in force, kebab-case
 * @param from which stream it watches
 * @param match which records it is about
 * @param groupBy the fields whose values part its groups; empty for one group
 * @param holdsFor how long the condition must hold before it fires (the key {@code for})
 * @param resolveAfter how long it must have stopped holding before it resolves
 * @param inhibitedBy rules while whose firing this one does not notify
 * @param summary the text with its placeholders, as written
 * @param revision counts the changes of a rule in force, from 1
 * @param written the rule as it stands in its file, as JSON values: what goes to {@code
 *     tocsin.rules}
 */
public record AlertRule(
    String name,
    Severity severity,
    Origin from,
    Selection match,
    List<FieldPath> groupBy,
    Kind kind,
    Duration holdsFor,
    Duration resolveAfter,
    List<String> inhibitedBy,
    String summary,
    Map<String, String> labels,
    Map<String, String> annotations,
    long revision,
    Map<String, @Nullable Object> written) {

  /** The same rule as another revision. */
  public AlertRule withRevision(long other) {
    return new AlertRule(
        name,
        severity,
        from,
        match,
        groupBy,
        kind,
        holdsFor,
        resolveAfter,
        inhibitedBy,
        summary,
        labels,
        annotations,
        other,
        written);
  }

  /**
   * What the rule watches for, without its words. Rules of one name and equal conditions share
   * their state over a change; severity, summary, labels, annotations and inhibition are words.
   */
  public String condition() {
    return from
        + "|"
        + match
        + "|"
        + groupBy
        + "|"
        + kind
        + "|for "
        + holdsFor
        + "|resolve "
        + resolveAfter;
  }

  /** The records that this rule has to be shown: those that match, or those it looks among. */
  public Selection seen() {
    return kind.seen().orElse(match);
  }
}
