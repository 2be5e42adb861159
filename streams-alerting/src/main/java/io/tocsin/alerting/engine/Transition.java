package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.Span;
import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Status;
import io.tocsin.event.inhibit.Inhibition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the transitions of an episode. */
final class Transition {

  private Transition() {}

  /**
   * An episode opens.
   *
   * @param nth from 1: which of the group's episodes with this start
   * @param record the record that tipped it; null when a timer did
   */
  static Alert firing(
      AlertRule rule,
      Map<String, @Nullable Object> group,
      long at,
      long startsAt,
      int nth,
      Object value,
      List<String> evidence,
      @Nullable EventRecord record) {
    String fingerprint = Alert.fingerprintOf(rule.name(), group);
    return new Alert(
        fingerprint,
        fingerprint + "-" + startsAt + (nth == 1 ? "" : "-" + nth),
        rule.name(),
        rule.revision(),
        rule.severity(),
        Status.FIRING,
        Instant.ofEpochMilli(at),
        group,
        Instant.ofEpochMilli(startsAt),
        null,
        value,
        rule.kind().threshold(),
        rule.kind().window().map(Span::written).orElse(null),
        Summary.of(rule, group, value, record),
        rule.labels(),
        annotations(rule),
        evidence,
        null);
  }

  /** The episode that {@code firing} opened ends, under the rule's present words. */
  static Alert resolved(Alert firing, AlertRule rule, long at) {
    return resolved(
        firing, rule.revision(), rule.severity(), at, rule.labels(), annotations(rule), null);
  }

  private static Map<String, String> annotations(AlertRule rule) {
    return Inhibition.annotate(rule.annotations(), rule.inhibitedBy());
  }

  /** The episode ends because its rule does. */
  static Alert cutOff(Alert firing, long at, String reason) {
    return resolved(
        firing,
        firing.revision(),
        firing.severity(),
        at,
        firing.labels(),
        firing.annotations(),
        reason);
  }

  private static Alert resolved(
      Alert firing,
      long revision,
      Alert.Severity severity,
      long at,
      Map<String, String> labels,
      Map<String, String> annotations,
      @Nullable String reason) {
    return new Alert(
        firing.fingerprint(),
        firing.episode(),
        firing.rule(),
        revision,
        severity,
        Status.RESOLVED,
        Instant.ofEpochMilli(at),
        firing.group(),
        firing.startsAt(),
        Instant.ofEpochMilli(at),
        firing.value(),
        firing.threshold(),
        firing.window(),
        firing.summary(),
        labels,
        annotations,
        firing.evidence(),
        reason);
  }
}
