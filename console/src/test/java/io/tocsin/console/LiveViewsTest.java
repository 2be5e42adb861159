package io.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tocsin.bootstrap.Readiness;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.Alert;
import io.tocsin.event.ServiceHealth;
import io.tocsin.topics.Topics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.Extension.class)
class LiveViewsTest {

  private static final Instant T = Instant.parse("2026-11-21T10:00:00Z");
  private static RunningConsole console;

  private record Part(String name, Readiness readiness) implements Service {
    @Override
    public void start() {}

    @Override
    public void close() {}
  }

  @BeforeAll
  static void start(Servers servers) {
    Samples.sendAlert(servers, Samples.alert("before-start", Alert.Status.FIRING, T));
    Samples.sendHealth(servers, "before-start", ServiceHealth.Status.DEGRADED, T);
    console =
        new RunningConsole(
            "{}",
            servers.kafka(),
            servers.openSearch(),
            Clock.systemUTC(),
            () ->
                List.of(
                    new Part("indexer", Readiness.ok()),
                    new Part("notifier", Readiness.waitingFor("its topic"))));
    await().atMost(Duration.ofSeconds(60)).until(() -> console.service().readiness().ready());
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void whatWasThereBeforeTheStartIsInTheFirstAnswer() {
    assertThat(rules("/alerts?status=firing")).contains("before-start");
    assertThat(service("before-start").get("status").asText()).isEqualTo("degraded");
  }

  @Test
  void anAlertMovesFromFiringToResolvedAndATombstoneTakesItAway(Servers servers) {
    // Given
    Alert firing = Samples.alert("moving", Alert.Status.FIRING, T);

    // When, Then
    Samples.sendAlert(servers, firing);
    eventually(() -> assertThat(rules("/alerts?status=firing")).contains("moving"));
    assertThat(rules("/alerts?status=resolved")).doesNotContain("moving");

    Samples.sendAlert(servers, Samples.alert("moving", Alert.Status.RESOLVED, T.plusSeconds(60)));
    eventually(() -> assertThat(rules("/alerts?status=resolved")).contains("moving"));
    assertThat(rules("/alerts?status=firing")).doesNotContain("moving");

    servers.send(Topics.ALERT_STATE, firing.fingerprint(), null);
    eventually(() -> assertThat(rules("/alerts")).doesNotContain("moving"));
  }

  @Test
  void alertsComeNewestTransitionFirstWholeAndLimited(Servers servers) {
    // Given
    Instant future = Instant.parse("2027-01-01T00:00:00Z");
    Samples.sendAlert(servers, Samples.alert("order-1", Alert.Status.FIRING, future));
    Samples.sendAlert(
        servers, Samples.alert("order-3", Alert.Status.RESOLVED, future.plusSeconds(2)));
    Samples.sendAlert(
        servers, Samples.alert("order-2", Alert.Status.FIRING, future.plusSeconds(1)));

    // When
    eventually(
        () ->
            assertThat(rules("/alerts?limit=3")).containsExactly("order-3", "order-2", "order-1"));
    JsonNode answer = console.json("/alerts?limit=2");

    // Then
    assertThat(answer.get("alerts")).hasSize(2);
    assertThat(answer.get("firing").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(answer.at("/alerts/1/group/service").asText()).isEqualTo("api");
    assertThat(answer.at("/alerts/1/status").asText()).isEqualTo("firing");
    assertThat(answer.at("/alerts/1/startsAt").asText()).isEqualTo("2027-01-01T00:00:01.000Z");
    assertThat(answer.at("/alerts/1/annotations/runbook").asText()).contains("runbook.md");
  }

  @Test
  void healthShowsEachServiceWithSinceAndReasonsAndThePlatformWithItsWaits(Servers servers) {
    // Given
    Samples.sendHealth(servers, "ailing", ServiceHealth.Status.FAILED, T);
    eventually(() -> assertThat(service("ailing").isMissingNode()).isFalse());

    // When
    JsonNode answer = console.json("/system/checks/latest");

    // Then
    assertThat(answer.get("status").asText()).isEqualTo("failed");
    JsonNode ailing = service("ailing");
    assertThat(ailing.get("since").asText()).isEqualTo("2026-11-21T10:00:00.000Z");
    assertThat(ailing.get("reasons").get(0).asText()).isEqualTo("5 errors in 1m");
    assertThat(answer.get("platform").toString())
        .isEqualTo(
            """
            [{"name":"indexer","ready":true,"detail":"ok"},\
            {"name":"notifier","ready":false,"detail":"waiting for its topic"}]""");

    servers.send(Topics.HEALTH, "ailing", null);
    eventually(() -> assertThat(service("ailing").isMissingNode()).isTrue());
  }

  @Test
  void aRecordThatIsNoAlertIsCountedAndTheNextOneShown(Servers servers) {
    // Given
    double before =
        console.metric("tocsin_console_malformed_records_total{topic=\"tocsin.alert-state\"}");

    // When
    servers.send(
        Topics.ALERT_STATE, "rubbish", "{\"fingerprint\":".getBytes(StandardCharsets.UTF_8));
    servers.send(Topics.ALERT_STATE, "rubbish", "{}".getBytes(StandardCharsets.UTF_8));
    Samples.sendAlert(servers, Samples.alert("after-rubbish", Alert.Status.FIRING, T));

    // Then
    eventually(() -> assertThat(rules("/alerts")).contains("after-rubbish"));
    eventually(
        () ->
            assertThat(
                    console.metric(
                        "tocsin_console_malformed_records_total{topic=\"tocsin.alert-state\"}"))
                .isEqualTo(before + 2));
  }

  @Test
  void whileKafkaIsAwayTheViewsSaySo(Servers servers) {
    // Given
    try (RunningConsole lonely =
        new RunningConsole(
            "{}",
            KafkaSettings.of("127.0.0.1:1"),
            servers.openSearch(),
            Clock.systemUTC(),
            List::of)) {
      // When
      HttpResponse<String> alerts = lonely.get("/alerts");
      HttpResponse<String> checks = lonely.get("/system/checks/latest");
      HttpResponse<String> logs = lonely.get("/logs/recent");

      // Then
      assertThat(alerts.statusCode()).isEqualTo(503);
      assertThat(alerts.body()).contains("waiting for Kafka at 127.0.0.1:1");
      assertThat(checks.statusCode()).isEqualTo(503);
      assertThat(logs.statusCode()).isEqualTo(200);
      assertThat(lonely.service().readiness().ready()).isFalse();
    }
  }

  private static List<String> rules(String path) {
    List<String> rules = new ArrayList<>();
    console.json(path).get("alerts").forEach(alert -> rules.add(alert.get("rule").asText()));
    return rules;
  }

  private static JsonNode service(String name) {
    for (JsonNode service : console.json("/system/checks/latest").get("services")) {
      if (service.get("service").asText().equals(name)) {
        return service;
      }
    }
    return MissingNode.getInstance();
  }

  private static void eventually(ThrowingRunnable check) {
    await().atMost(Duration.ofSeconds(60)).untilAsserted(check);
  }
}
