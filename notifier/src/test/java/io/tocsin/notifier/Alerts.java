package io.tocsin.notifier;

import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Severity;
import io.tocsin.event.Alert.Status;
import io.tocsin.event.inhibit.Inhibition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/** Alerts to tell of. */
public final class Alerts {

  public static final Instant START = Instant.parse("2025-12-10T12:00:04Z");

  private Alerts() {}

  /** Episode {@code n} of the rule for the service api begins. */
  public static Alert firing(String rule, int n) {
    return alert(rule, n, Status.FIRING);
  }

  /** Episode {@code n} of it is over, 190 seconds after it began. */
  public static Alert resolved(String rule, int n) {
    return alert(rule, n, Status.RESOLVED);
  }

  private static Alert alert(String rule, int n, Status status) {
    String fingerprint = Alert.fingerprintOf(rule, Map.of("service", "api"));
    Instant startsAt = START.plusSeconds(n);
    Instant endsAt = startsAt.plusSeconds(190);
    return new Alert(
        fingerprint,
        fingerprint + "@" + startsAt,
        rule,
        1,
        Severity.HIGH,
        status,
        status == Status.FIRING ? startsAt : endsAt,
        Map.of("service", "api"),
        startsAt,
        status == Status.FIRING ? null : endsAt,
        7,
        5,
        "1m",
        "7 errors in 1m from api (" + rule + " " + n + ")",
        Map.of("team", "ops"),
        Map.of("runbook", "docs/operations/runbook.md#api-errors"),
        List.of("edge-01/api/1/42"),
        null);
  }

  /** The transitions of so many episodes, mixed, each episode's in order. */
  public static List<Alert> mixed(int episodes, IntFunction<String> rule, Random random) {
    List<Alert> mixed = new ArrayList<>();
    for (int n = 0; n < episodes; n++) {
      int firing = random.nextInt(mixed.size() + 1);
      mixed.add(firing, firing(rule.apply(n), n));
      mixed.add(firing + 1 + random.nextInt(mixed.size() - firing), resolved(rule.apply(n), n));
    }
    return mixed;
  }

  /** The same of the rule {@code r}, of which every third episode does not end. */
  public static List<Alert> mixedWithOpenOnes(int episodes, Random random) {
    List<Alert> mixed = mixed(episodes, n -> "r", random);
    for (int n = 0; n < episodes; n += 3) {
      mixed.remove(resolved("r", n));
    }
    return mixed;
  }

  /** The same alert at another time of the engine clock. */
  public static Alert at(Alert alert, Instant at) {
    boolean firing = alert.status() == Status.FIRING;
    return new Alert(
        alert.fingerprint(),
        alert.episode(),
        alert.rule(),
        alert.revision(),
        alert.severity(),
        alert.status(),
        at,
        alert.group(),
        firing ? at : alert.startsAt(),
        firing ? null : at,
        alert.value(),
        alert.threshold(),
        alert.window(),
        alert.summary(),
        alert.labels(),
        alert.annotations(),
        alert.evidence(),
        alert.reason());
  }

  /** The same alert with a text and group that somebody else chose. */
  public static Alert saying(Alert alert, String rule, String summary, Map<String, Object> group) {
    return new Alert(
        alert.fingerprint(),
        alert.episode(),
        rule,
        alert.revision(),
        alert.severity(),
        alert.status(),
        alert.at(),
        group,
        alert.startsAt(),
        alert.endsAt(),
        alert.value(),
        alert.threshold(),
        alert.window(),
        summary,
        alert.labels(),
        Map.of("runbook", summary),
        alert.evidence(),
        alert.reason());
  }

  /** An alert of this value against this threshold. */
  public static Alert measured(Object value, Object threshold) {
    Alert alert = firing("r", 1);
    return new Alert(
        alert.fingerprint(),
        alert.episode(),
        alert.rule(),
        alert.revision(),
        alert.severity(),
        alert.status(),
        alert.at(),
        alert.group(),
        alert.startsAt(),
        alert.endsAt(),
        value,
        threshold,
        alert.window(),
        alert.summary(),
        alert.labels(),
        alert.annotations(),
        alert.evidence(),
        alert.reason());
  }

  /** The same alert of a rule that names these inhibitors. */
  public static Alert inhibitedBy(Alert alert, String... rules) {
    return with(
        alert,
        alert.fingerprint(),
        alert.episode(),
        alert.group(),
        Inhibition.annotate(alert.annotations(), List.of(rules)));
  }

  /** The same of another service. */
  public static Alert about(Alert alert, String service) {
    Map<String, Object> group = Map.of("service", service);
    String fingerprint = Alert.fingerprintOf(alert.rule(), group);
    String episode = fingerprint + alert.episode().substring(alert.episode().indexOf('@'));
    return with(alert, fingerprint, episode, group, alert.annotations());
  }

  private static Alert with(
      Alert alert,
      String fingerprint,
      String episode,
      Map<String, Object> group,
      Map<String, String> notes) {
    return new Alert(
        fingerprint,
        episode,
        alert.rule(),
        alert.revision(),
        alert.severity(),
        alert.status(),
        alert.at(),
        group,
        alert.startsAt(),
        alert.endsAt(),
        alert.value(),
        alert.threshold(),
        alert.window(),
        alert.summary(),
        alert.labels(),
        notes,
        alert.evidence(),
        alert.reason());
  }

  /** The same alert, tipped by these records. */
  public static Alert tippedBy(Alert alert, List<String> evidence) {
    return new Alert(
        alert.fingerprint(),
        alert.episode(),
        alert.rule(),
        alert.revision(),
        alert.severity(),
        alert.status(),
        alert.at(),
        alert.group(),
        alert.startsAt(),
        alert.endsAt(),
        alert.value(),
        alert.threshold(),
        alert.window(),
        alert.summary(),
        alert.labels(),
        alert.annotations(),
        evidence,
        alert.reason());
  }
}
