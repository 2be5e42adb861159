package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.event.Alert;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Drives an engine in a test and notes its transitions as short lines. Seconds count from noon. */
final class History {

  static final Instant NOON = Instant.parse("2025-12-10T12:00:00Z");

  final EngineStore store;
  final List<Alert> alerts = new ArrayList<>();
  RuleEngine engine;

  History(String rules) {
    this(rules, EngineStore.inMemory());
  }

  History(String rules, EngineStore store) {
    this.store = store;
    this.engine = new RuleEngine(RuleSet.parse("rules.yaml", rules), store);
  }

  static Instant second(double seconds) {
    return NOON.plusMillis(Math.round(seconds * 1000));
  }

  /** The clock moves. */
  History at(double seconds) {
    alerts.addAll(engine.advanceTo(second(seconds)));
    return this;
  }

  /** A record of service api comes in at its own time. */
  History log(double seconds, String level) {
    return at(seconds).late(seconds, level, null);
  }

  History log(double seconds, Map<String, Object> meta) {
    return at(seconds).late(seconds, "INFO", null, meta);
  }

  /** A record comes in without moving the clock. */
  History late(double seconds, String level, String id) {
    return late(seconds, level, id, Map.of());
  }

  History late(double seconds, String level, String id, Map<String, Object> meta) {
    LogEvent event =
        new LogEvent(second(seconds), "api", Level.valueOf(level), "e", "m", meta, null, null, id);
    alerts.addAll(engine.onEvent(EventRecord.of(event)));
    return this;
  }

  /** Another engine over the same store, as after a restart. */
  History restart(String rules) {
    engine = new RuleEngine(RuleSet.parse("rules.yaml", rules), store);
    return this;
  }

  /** {@code 4 firing 5 from 4}: when, what, its value, its start. */
  List<String> lines() {
    return alerts.stream()
        .map(
            alert ->
                seconds(alert.at())
                    + " "
                    + alert.status().name().toLowerCase(Locale.ROOT)
                    + " "
                    + alert.value()
                    + " from "
                    + seconds(alert.startsAt()))
        .toList();
  }

  private static String seconds(Instant time) {
    double seconds = (time.toEpochMilli() - NOON.toEpochMilli()) / 1000.0;
    return seconds == Math.rint(seconds) ? String.valueOf((long) seconds) : "" + seconds;
  }
}
