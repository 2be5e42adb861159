package io.tocsin.alerting.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.event.Alert;
import io.tocsin.event.DeadLetter;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertingTopologyTest {

  private static final String BURST =
      """
      rules:
        - name: burst
          severity: high
          match: { level: ERROR }
          group-by: [service]
          count: 3
          within: 1m
          summary: "{value} errors in {within} from {service}"
      """;

  private static final String LOGINS =
      """
      rules:
        - name: logins
          severity: medium
          match: { event: login_failed }
          group-by: [meta.ip]
          count: 3
          within: 5m
          summary: "{value} failed logins"
      """;

  @TempDir private Path dir;

  @ParameterizedTest(name = "{0} shards")
  @ValueSource(ints = {1, 2, 7})
  void theRecordThatTipsItRings(int shards) {
    try (Bench bench = new Bench(dir, shards, BURST)) {
      // Given
      bench.log("api", "a", Map.of());
      bench.log("api", "b", Map.of());
      bench.log("ui", "c", Map.of());
      List<String> early = bench.transitions();

      // When
      bench.log("api", "d", Map.of());

      // Then
      List<Alert> alerts = bench.alerts();
      assertThat(early).isEmpty();
      assertThat(alerts).hasSize(1);
      assertThat(alerts.getFirst().status()).isEqualTo(Alert.Status.FIRING);
      assertThat(alerts.getFirst().group()).isEqualTo(Map.of("service", "api"));
      assertThat(bench.alertState()).isEqualTo(alerts);
      assertThat(bench.counts.firing()).isEqualTo(1);
    }
  }

  @Test
  void itResolvesByTheWallClockAlone() {
    try (Bench bench = new Bench(dir, 1, BURST)) {
      // Given
      burst(bench, "api");
      List<String> fired = bench.transitions();

      // When: the window empties after a minute, and it resolves one after that
      bench.advance(Duration.ofSeconds(119));
      List<String> before = bench.transitions();
      bench.advance(Duration.ofSeconds(1));

      // Then
      assertThat(fired).containsExactly("firing burst {service=api}");
      assertThat(before).isEmpty();
      List<Alert> resolved = bench.alerts();
      assertThat(resolved).hasSize(1);
      assertThat(resolved.getFirst().status()).isEqualTo(Alert.Status.RESOLVED);
      assertThat(resolved.getFirst().endsAt()).isEqualTo(Bench.START.plusSeconds(120));
      assertThat(bench.counts.firing()).isZero();
    }
  }

  @Test
  void timersWaitForWhatIsStillUnread() {
    try (Bench bench = new Bench(dir, 1, BURST)) {
      // Given
      burst(bench, "api");
      bench.transitions();
      bench.unreadSince = Bench.START.plusSeconds(50);

      // When
      bench.advance(Duration.ofMinutes(10));
      List<String> held = bench.transitions();
      bench.unreadSince = null;
      bench.advance(Duration.ofSeconds(1));

      // Then
      assertThat(held).isEmpty();
      assertThat(bench.alerts())
          .singleElement()
          .satisfies(alert -> assertThat(alert.at()).isEqualTo(Bench.START.plusSeconds(120)));
    }
  }

  @Test
  void aRecordReadAtHomeMovesTheClockWithoutAnyProof() {
    try (Bench bench = new Bench(dir, 1, BURST)) {
      // Given
      burst(bench, "api");
      bench.transitions();
      bench.unreadSince = Bench.START;
      bench.advance(Duration.ofMinutes(10));

      // When
      bench.log("api", "late", Map.of());

      // Then
      assertThat(bench.transitions()).containsExactly("resolved burst {service=api}");
    }
  }

  @ParameterizedTest(name = "{0} shards")
  @ValueSource(ints = {1, 2, 7})
  void aRuleThatGroupsByAnotherFieldSeesAllServices(int shards) {
    try (Bench bench = new Bench(dir, shards, LOGINS)) {
      // When
      bench.log("api", "login_failed", Map.of("ip", "10.0.0.1"));
      bench.log("ui", "login_failed", Map.of("ip", "10.0.0.2"));
      bench.log("ui", "login_failed", Map.of("ip", "10.0.0.1"));
      bench.log("worker", "login_failed", Map.of("ip", "10.0.0.1"));

      // Then
      assertThat(bench.transitions()).containsExactly("firing logins {meta.ip=10.0.0.1}");
    }
  }

  @Test
  void onlyWhatSomeRuleSelectsTravels() {
    try (Bench bench = new Bench(dir, 2, LOGINS)) {
      // Given
      List<String> services = List.of("a", "b", "c", "d", "e", "f");
      services.forEach(service -> bench.log(service, "nothing", Map.of()));
      bench.travelled(); // the news that they were seen

      // When
      services.forEach(service -> bench.log(service, "other", Map.of("ip", "10.0.0.1")));

      // Then
      assertThat(bench.travelled()).isZero();
    }
  }

  @ParameterizedTest(name = "{0} shards")
  @ValueSource(ints = {1, 2})
  void theSameEventSentTwiceCountsOnce(int shards) {
    try (Bench bench = new Bench(dir, shards, BURST + LOGINS.substring("rules:\n".length()))) {
      // When
      for (int i = 0; i < 5; i++) {
        bench.log(Bench.START, "api", "login_failed", Map.of("ip", "10.0.0.1"), "edge/test/1/77");
      }

      // Then
      assertThat(bench.transitions()).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0} shards")
  @ValueSource(ints = {1, 2, 7})
  void healthFollowsTheAlertsOfAService(int shards) {
    try (Bench bench = new Bench(dir, shards, BURST)) {
      // When
      burst(bench, "api");
      List<String> fired = bench.health();
      bench.advance(Duration.ofMinutes(5));

      // Then
      assertThat(fired).containsExactly("api ok", "api failed");
      assertThat(bench.healths())
          .singleElement()
          .satisfies(
              health -> {
                assertThat(health.status().name()).isEqualTo("OK");
                assertThat(health.since()).isEqualTo(Bench.START.plusSeconds(120));
                assertThat(health.reasons()).isEmpty();
              });
    }
  }

  @Test
  void anAlertOfADeviceConcernsTheServiceItsRuleNames() {
    String rule =
        """
        rules:
          - name: hot
            severity: medium
            from: telemetry
            match: { service: charger, values.temperature: { gt: 80 } }
            group-by: [device]
            count: 1
            within: 1m
            summary: "{device} is hot"
        """;
    try (Bench bench = new Bench(dir, 1, rule)) {
      // When
      bench.telemetry("charger", "charger-01", Map.of("temperature", 91));

      // Then
      assertThat(bench.healths())
          .last()
          .satisfies(
              health -> {
                assertThat(health.service()).isEqualTo("charger");
                assertThat(health.reasons()).containsExactly("charger-01 is hot");
              });
    }
  }

  @Test
  void whatIsNoEventGoesToTheDeadLettersWholeAndTheRestGoesOn() {
    try (Bench bench = new Bench(dir, 1, BURST)) {
      // When
      bench.send(Topics.LOGS, "api", "{oops".getBytes(StandardCharsets.UTF_8));
      bench.send(Topics.LOGS, "api", null);
      burst(bench, "api");

      // Then
      List<DeadLetter> letters = bench.deadLetters();
      assertThat(letters).extracting(DeadLetter::reason).containsExactly("not_json", "no_value");
      DeadLetter letter = letters.getFirst();
      assertThat(new String(letter.bytes(), StandardCharsets.UTF_8)).isEqualTo("{oops");
      assertThat(letter.stage()).isEqualTo("alerting");
      assertThat(letter.topic()).isEqualTo(Topics.LOGS);
      assertThat(letter.offset()).isZero();
      assertThat(bench.transitions()).hasSize(1);
      assertThat(bench.metric("tocsin_alerting_dead_letters_total{reason=\"not_json\"}"))
          .endsWith(" 1.0");
    }
  }

  @Test
  void aRuleThatIsTakenOutResolvesItsAlertsWithinASecond() {
    try (Bench bench = new Bench(dir, 1, BURST)) {
      // Given
      burst(bench, "api");
      bench.transitions();
      bench.health();

      // When
      bench.rules.replace(RuleSet.parse("bench", LOGINS));
      bench.advance(Duration.ofSeconds(1));

      // Then
      Alert resolved = bench.alerts().getFirst();
      assertThat(resolved.status()).isEqualTo(Alert.Status.RESOLVED);
      assertThat(resolved.reason()).isNotNull();
      assertThat(bench.health()).containsExactly("api ok");
    }
  }

  @Test
  void aRestartKeepsTheStateAndDoublesNothing() {
    // Given
    Map<Bytes, byte[]> state;
    try (Bench bench = new Bench(dir, 1, BURST)) {
      bench.log("api", "a", Map.of());
      bench.log("api", "b", Map.of());
      state = bench.state();
    }

    try (Bench bench = new Bench(dir, 1, BURST)) {
      bench.takeOver(state);

      // When
      bench.log(Bench.START, "api", "b", Map.of(), "edge/test/1/1");
      List<String> again = bench.transitions();
      bench.log(Bench.START, "api", "c", Map.of(), "edge/test/1/2");

      // Then
      assertThat(again).isEmpty();
      assertThat(bench.transitions()).containsExactly("firing burst {service=api}");
    }
  }

  @Test
  void aRuleThatWasTakenOutWhileNothingRanResolvesAtTheNextStart() {
    // Given
    Map<Bytes, byte[]> state;
    try (Bench bench = new Bench(dir, 1, LOGINS)) {
      for (int i = 0; i < 3; i++) {
        bench.log("api", "login_failed", Map.of("ip", "10.0.0.1"));
      }
      assertThat(bench.transitions()).hasSize(1);
      state = bench.state();
    }

    // When
    try (Bench bench = new Bench(dir, 1, BURST)) {
      bench.takeOver(state);
      bench.advance(Duration.ofSeconds(1));

      // Then
      assertThat(bench.transitions()).containsExactly("resolved logins {meta.ip=10.0.0.1}");
      assertThat(bench.counts.firing()).isZero();
    }
  }

  @Test
  void aRuleThatWasChangedWhileNothingRanResolvesAtTheNextStart() {
    // Given
    Map<Bytes, byte[]> state;
    try (Bench bench = new Bench(dir, 1, BURST)) {
      burst(bench, "api");
      assertThat(bench.transitions()).hasSize(1);
      state = bench.state();
    }

    // When
    try (Bench bench = new Bench(dir, 1, BURST.replace("count: 3", "count: 30"))) {
      bench.takeOver(state);
      bench.advance(Duration.ofSeconds(1));

      // Then
      assertThat(bench.transitions()).containsExactly("resolved burst {service=api}");
    }
  }

  @Test
  void anExpectedGroupIsWaitedForOnItsOwnShardOnly() {
    String rule =
        """
        rules:
          - name: silent
            severity: high
            match: { event: tick }
            group-by: [service]
            absent-for: 30s
            expect: [{ service: a }, { service: b }, { service: c }, { service: d }]
            summary: "{service} is silent"
        """;
    try (Bench bench = new Bench(dir, 2, rule)) {
      // Given: this is shard 0 of two
      bench.advance(Duration.ofSeconds(1));

      // When
      bench.advance(Duration.ofSeconds(31));

      // Then
      List<String> own =
          List.of("a", "b", "c", "d").stream()
              .filter(service -> new Shards(2).of(service) == 0)
              .map(service -> "firing silent {service=" + service + "}")
              .toList();
      assertThat(own).isNotEmpty().hasSizeLessThan(4);
      assertThat(bench.transitions()).containsExactlyInAnyOrderElementsOf(own);
    }
  }

  @Test
  void anEventOfAForeignProducerWithoutAnIdCounts() {
    try (Bench bench = new Bench(dir, 1, BURST)) {
      // When
      String json =
          "{\"ts\":\"2026-01-01T12:00:00.000Z\",\"service\":\"py\",\"level\":\"error\",\"event\":\"x\"}";
      for (int i = 0; i < 3; i++) {
        bench.send(Topics.LOGS, "py", json.getBytes(StandardCharsets.UTF_8));
      }

      // Then
      assertThat(bench.transitions()).containsExactly("firing burst {service=py}");
    }
  }

  private static void burst(Bench bench, String service) {
    for (int i = 0; i < 3; i++) {
      bench.log(service, "e" + i, Map.of());
    }
  }
}
