package io.tocsin.alerting.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.engine.EventRecord;
import io.tocsin.alerting.oracle.RandomHistory;
import io.tocsin.alerting.prove.Replay;
import io.tocsin.alerting.prove.TransitionLines;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The topology gives what the back-test gives, on the histories that the engine is proved on. How
 * many a kind: {@code -Dtocsin.histories=500}.
 */
class TopologyOracleTest {

  private static final int HISTORIES = Integer.getInteger("tocsin.histories", 6);

  /** Just before the first record, when the topology opens. */
  private static final Duration MOMENT = Duration.ofMillis(1);

  @TempDir private Path dir;

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "count",
        "distinct",
        "consecutive",
        "ratio",
        "aggregate",
        "deviation",
        "absent",
        "change",
        "new"
      })
  void givesWhatTheBackTestGives(String kind) {
    int transitions = 0;
    for (int seed = 0; seed < HISTORIES; seed++) {
      // Given
      RandomHistory history = RandomHistory.of(kind, kind.hashCode() + seed);

      // The bench is the first shard; what is expected on another is waited for by nobody.
      int shards = kind.equals("absent") ? 1 : 1 + seed % 3;

      // When
      List<String> live = topology(history, dir.resolve(kind + seed), shards);

      // Then
      assertThat(live).as("%s, seed %s: %s", kind, seed, history).isEqualTo(backTest(history));
      transitions += live.size();
    }
    assertThat(transitions).isPositive();
  }

  private static List<String> backTest(RandomHistory history) {
    List<Alert> alerts = new ArrayList<>();
    RuleSet rules = RuleSet.parse("rules.yaml", history.yaml());
    Replay replay = new Replay(rules, null, history.until(), alerts::add);
    history.records().forEach(replay::read);
    replay.finish();
    return lines(alerts);
  }

  /** The wall clock runs along with the history; each record is read when it says it happened. */
  private static List<String> topology(RandomHistory history, Path dir, int shards) {
    Instant start = history.records().getFirst().ts().minus(MOMENT);
    try (Bench bench = new Bench(dir, shards, history.yaml(), start)) {
      for (EventRecord record : history.records()) {
        advanceTo(bench, record.ts());
        bench.send(Topics.LOGS, "service", EventCodec.encode(event(record)));
      }
      advanceTo(bench, history.until());
      return lines(bench.alerts());
    }
  }

  private static void advanceTo(Bench bench, Instant time) {
    if (time.isAfter(bench.clock.instant())) {
      bench.advance(Duration.between(bench.clock.instant(), time));
    }
  }

  @SuppressWarnings("unchecked")
  private static LogEvent event(EventRecord record) {
    Level level = (Level) record.field("level");
    String event = String.valueOf(record.field("event"));
    Map<String, Object> meta = (Map<String, Object>) record.field("meta");
    return new LogEvent(
        record.ts(), "service", level, event, "text", meta, null, null, record.id());
  }

  private static List<String> lines(List<Alert> alerts) {
    return alerts.stream()
        .sorted(Comparator.comparing(Alert::at).thenComparing(alert -> alert.group().toString()))
        .map(TransitionLines::ndjson)
        .toList();
  }
}
