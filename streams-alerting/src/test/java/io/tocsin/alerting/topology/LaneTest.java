package io.tocsin.alerting.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.RuleSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneTest {

  @ParameterizedTest(name = "from {0} match {1} group by {2}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "logs | { level: ERROR } | [service] | logs/by/service",
        "logs | { level: ERROR } | [meta.user, service] | logs/by/service",
        "logs | { service: api } | [] | logs/by/service",
        "logs | { service: [api] } | [meta.user] | logs/by/service",
        "logs | { service: [api, ui] } | [meta.user] | logs/by/meta.user",
        "logs | { service: { not: api } } | [] | logs/by",
        "logs | { event: login_failed } | [meta.ip] | logs/by/meta.ip",
        "logs | { event: login_failed } | [meta.ip, host] | logs/by/host/meta.ip",
        "logs | { event: login_failed } | [host, meta.ip] | logs/by/host/meta.ip",
        "telemetry | { kind: stat } | [device] | telemetry/by/device",
        "telemetry | { device: charger-01 } | [] | telemetry/by/device",
        "telemetry | { service: charger } | [] | telemetry/by",
        "telemetry | { kind: stat } | [service] | telemetry/by/service",
      })
  void aRuleStaysHomeWhenItsTopicsKeyIsEnough(
      String from, String match, String groupBy, String lane) {
    assertThat(Lane.of(rule(from, match, groupBy)).name()).isEqualTo(lane);
  }

  @Test
  void aRecordOfAHomeLaneIsShardedAsItsTopicIsPartitioned() {
    // Given
    Lane lane = Lane.of(rule("logs", "{ level: ERROR }", "[service]"));

    // When / Then
    assertThat(lane.isHome()).isTrue();
    assertThat(lane.keyOf(Map.of("service", "api"))).contains("api");
  }

  @Test
  void numbersOfOneAmountShareAShard() {
    // Given
    Lane lane = Lane.of(rule("logs", "{ event: x }", "[meta.user]"));

    // When
    var whole = lane.keyOf(Map.of("meta", Map.of("user", 7L)));
    var decimal = lane.keyOf(Map.of("meta", Map.of("user", new java.math.BigDecimal("7.0"))));

    // Then
    assertThat(whole).isPresent().isEqualTo(decimal);
  }

  @Test
  void aRecordWithoutAGroupByFieldHasNoKey() {
    // Given
    Lane lane = Lane.of(rule("logs", "{ event: x }", "[meta.ip]"));

    // When / Then
    assertThat(lane.keyOf(Map.of("meta", Map.of()))).isEmpty();
  }

  @Test
  void anExpectedGroupLivesWhereItsRecordsWill() {
    // Given
    AlertRule pinned = rule("logs", "{ service: api, event: tick }", "[host]");
    AlertRule grouped = rule("logs", "{ event: tick }", "[service]");

    // When / Then
    assertThat(Lane.of(pinned).keyOf(pinned, Map.of("host", "a"))).contains("api");
    assertThat(Lane.of(grouped).keyOf(grouped, Map.of("service", "ui"))).contains("ui");
  }

  private static AlertRule rule(String from, String match, String groupBy) {
    return RuleSet.parse(
            "test",
            """
            rules:
              - name: a-rule
                severity: low
                from: %s
                match: %s
                group-by: %s
                count: 2
                within: 1m
                summary: text
            """
                .formatted(from, match, groupBy))
        .rules()
        .getFirst();
  }
}
