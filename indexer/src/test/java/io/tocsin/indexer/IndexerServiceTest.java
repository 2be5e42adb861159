package io.tocsin.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way, on a real broker and a real node. */
class IndexerServiceTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  private final Platform platform = Platform.fresh();
  private Metrics metrics = new Metrics();
  private IndexerService indexer;

  @BeforeEach
  void start() {
    indexer = indexer();
    indexer.start();
  }

  @AfterEach
  void stop() {
    indexer.close();
  }

  private IndexerService indexer() {
    metrics = new Metrics();
    return new IndexerService(
        IndexerConfig.defaults(),
        platform.kafkaSettings(),
        platform.openSearchSettings(),
        metrics,
        CLOCK);
  }

  private static String log(String id, String ts, String message) {
    return """
        {"ts":"%s","service":"api","level":"INFO","event":"e","message":"%s","meta":{},"id":"%s"}"""
        .formatted(ts, message, id);
  }

  @Test
  void aLogEventIsFoundUnderItsIdInTheIndexOfItsDay() {
    // Given
    String event = log("a/s/1/7", "2026-11-20T23:59:59.999Z", "late in the day");
    // When
    platform.produce(Topics.LOGS, "api", event);
    // Then
    platform.awaitCount("tocsin-logs-2026.11.20", 1);
    assertThat(platform.source("tocsin-logs-2026.11.20", "a%2Fs%2F1%2F7")).isEqualTo(event);
  }

  @Test
  void aReplayOfTheWholeTopicChangesNoCount() {
    // Given
    for (int i = 0; i < 5000; i++) {
      String id = i % 10 == 0 ? "" : "a/s/1/" + i;
      platform.produce(Topics.LOGS, "s" + i % 7, log(id, "2026-11-21T10:00:00.000Z", "m" + i));
    }
    platform.awaitCount("tocsin-logs-*", 5000);
    Awaitility.await()
        .atMost(Platform.BOUND)
        .until(() -> platform.committed("tocsin-indexer") == 5000);
    indexer.close();
    // When
    platform.admin().deleteConsumerGroups(java.util.List.of("tocsin-indexer"));
    indexer = indexer();
    indexer.start();
    // Then
    Awaitility.await().atMost(Platform.BOUND).until(() -> indexer.status().duplicates() == 5000);
    assertThat(platform.count("tocsin-logs-*")).isEqualTo(5000);
    assertThat(indexer.status().indexed()).isZero();
  }

  @Test
  void bothTransitionsOfAnAlertAreKeptInTheIndexOfItsStart() {
    // Given
    String firing =
        """
        {"fingerprint":"f","episode":"f-1","rule":"r","status":"firing","at":"2026-11-20T23:59:58.000Z",\
        "startsAt":"2026-11-20T23:59:57.000Z","value":5,"group":{"service":"api"}}""";
    String resolved =
        firing
            .replace("firing", "resolved")
            .replace("2026-11-20T23:59:58.000Z", "2026-11-21T00:05:00.000Z");
    // When
    platform.produce(Topics.ALERTS, "f", firing);
    platform.produce(Topics.ALERTS, "f", resolved);
    platform.produce(Topics.ALERTS, "f", resolved);
    // Then
    Awaitility.await().atMost(Platform.BOUND).until(() -> indexer.status().duplicates() == 1);
    assertThat(platform.count("tocsin-alerts-2026.11.20")).isEqualTo(2);
    assertThat(platform.source("tocsin-alerts-2026.11.20", "f-1:resolved")).isEqualTo(resolved);
  }

  @Test
  void healthShowsTheLatestStateOfEachServiceUntilItIsGone() {
    // Given
    String ok =
        """
        {"service":"api","status":"ok","since":"2026-11-21T10:00:00.000Z","ts":"2026-11-21T10:00:00.000Z","reasons":[]}""";
    String failed = ok.replace("ok", "failed").replace("10:00:00", "10:00:01");
    // When
    platform.produce(Topics.HEALTH, "api", ok);
    platform.produce(Topics.HEALTH, "worker", ok.replace("api", "worker"));
    platform.produce(Topics.HEALTH, "api", failed);
    platform.awaitCount("tocsin-health", 2);
    // Then
    Awaitility.await()
        .atMost(Platform.BOUND)
        .until(() -> platform.source("tocsin-health", "api"), failed::equals);
    // When
    platform.produce(Topics.HEALTH, "worker", (byte[]) null);
    // Then
    platform.awaitCount("tocsin-health", 1);
  }

  @Test
  void numbersOfTelemetryCanBeAggregatedWhateverTextStandsBesideThem() {
    // Given
    String t =
        """
        {"ts":"2026-11-21T10:00:00.000Z","id":"a/s/1/%d","service":"charger","device":"d","kind":"stat","values":%s,"meta":{}}""";
    // When
    platform.produce(Topics.TELEMETRY, "d", t.formatted(1, "{\"CPV\":3920.10,\"STATE\":\"IDLE\"}"));
    platform.produce(Topics.TELEMETRY, "d", t.formatted(2, "{\"CPV\":\"broken\",\"STATE\":5}"));
    platform.produce(Topics.TELEMETRY, "d", t.formatted(3, "{\"CPV\":80,\"STATE\":true}"));
    platform.produce(
        Topics.TELEMETRY, "d", t.formatted(4, "{\"CPV\":12345678901234567890,\"STATE\":null}"));
    platform.produce(Topics.TELEMETRY, "d", t.formatted(5, "{\"CPV\":1e999,\"STATE\":\"7\"}"));
    // Then
    platform.awaitCount("tocsin-telemetry-2026.11.21", 5);
    JsonNode sums =
        platform
            .search(
                "tocsin-telemetry-*",
                """
                {"size":0,"query":{"range":{"values.CPV":{"lt":1e6}}},
                 "aggs":{"sum":{"sum":{"field":"values.CPV"}}}}""")
            .at("/aggregations/sum/value");
    assertThat(sums.asDouble()).isEqualTo(4000.1);
    assertThat(platform.source("tocsin-telemetry-2026.11.21", "a%2Fs%2F1%2F1"))
        .contains("\"CPV\":3920.10");
    assertThat(platform.deadLetters()).isEmpty();
  }

  @Test
  void itIsReadyOnceTemplatesAndPartitionsAreThere() {
    Awaitility.await().atMost(Platform.BOUND).until(() -> indexer.readiness().ready());
    assertThat(platform.send("GET", "/_index_template/tocsin-logs", "").path("index_templates"))
        .hasSize(1);
  }

  @Test
  void theLagOfEachTopicIsShownInRecordsAndInSeconds() {
    // Given
    platform.produce(Topics.LOGS, "api", log("a/s/1/1", "2026-11-20T10:00:00.000Z", "one"));
    platform.awaitCount("tocsin-logs-*", 1);
    // When
    platform.send(
        "PUT", "/tocsin-logs-*/_settings", "{\"index.blocks.read_only_allow_delete\":true}");
    platform.produce(Topics.LOGS, "api", log("a/s/1/2", "2026-11-20T10:00:01.000Z", "two"));
    // Then
    Awaitility.await()
        .atMost(Platform.BOUND)
        .untilAsserted(
            () ->
                assertThat(shown())
                    .contains("tocsin_indexer_lag_records{topic=\"tocsin.logs\"} 1.0")
                    .contains("tocsin_indexer_lag_records{topic=\"tocsin.alerts\"} 0.0")
                    .containsPattern(
                        "oldest_unsettled_seconds\\{topic=\"tocsin.logs\"} [0-9.]*[1-9]")
                    .containsPattern("lag_seconds\\{topic=\"tocsin.logs\"} ")
                    .containsPattern("bulk_bytes_total [1-9]"));
    platform.send(
        "PUT", "/tocsin-logs-*/_settings", "{\"index.blocks.read_only_allow_delete\":null}");
    Awaitility.await()
        .atMost(Platform.BOUND)
        .untilAsserted(
            () ->
                assertThat(shown())
                    .contains(
                        "tocsin_indexer_lag_records{topic=\"tocsin.logs\"} 0.0",
                        "tocsin_indexer_oldest_unsettled_seconds{topic=\"tocsin.logs\"} 0.0"));
  }

  private String shown() {
    return new String(metrics.text(), StandardCharsets.UTF_8);
  }
}
