package io.tocsin.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Status;
import io.tocsin.topics.TopicAdmin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class AlertingServiceTest {

  private static final Logger LOG = LoggerFactory.getLogger(AlertingServiceTest.class);
  private static final String BURST =
      """
      rules:
        - name: burst
          severity: high
          match: { level: ERROR, event: failed }
          group-by: [service]
          count: 5
          within: 1m
          resolve-after: 1s
          summary: "{value} errors from {service}"
        - name: flicker
          severity: low
          match: { event: flicker }
          group-by: [service]
          count: 2
          within: 1s
          resolve-after: 1s
          summary: "flicker"
        - name: logins
          severity: medium
          match: { event: login_failed }
          group-by: [meta.ip]
          count: 5
          within: 5m
          summary: "{value} failed logins"
      """;

  @TempDir private Path dir;
  private TestCluster cluster;

  @BeforeEach
  void startBroker() throws IOException {
    cluster = new TestCluster(dir.resolve("kafka"));
    Files.writeString(dir.resolve("rules.yaml"), BURST);
  }

  @AfterEach
  void stopBroker() {
    cluster.close();
  }

  @Test
  void theFifthErrorRingsOnceAndTheAlertResolvesWithoutTraffic() {
    TopicAdmin.applyDefaults(cluster.settings());
    try (AlertingService service = start("one")) {
      // When
      cluster.error("api", "flicker", Map.of(), "edge/a/1/0");
      cluster.error("api", "flicker", Map.of(), "edge/a/1/1");
      List<String> transitions = cluster.transitionsUntil(is("flicker", Status.RESOLVED));

      // Then
      assertThat(transitions)
          .containsExactly("firing flicker {service=api}", "resolved flicker {service=api}");
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> service.firing() == 0);
    }
  }

  @Test
  void aRestartInTheMiddleKeepsTheCountAndDoublesNothing() {
    // Given
    TopicAdmin.applyDefaults(cluster.settings());
    try (AlertingService service = start("one")) {
      cluster.error("api", "edge/a/1/0");
      cluster.error("api", "edge/a/1/1");
      cluster.error("api", "edge/a/1/2");
      cluster.error("api", "edge/a/1/3");
      burst("first");
      cluster.transitionsUntil(of("first"));
      assertThat(service.firing()).isEqualTo(1);
    }

    // When: what it has seen is sent again while it is away
    cluster.error("api", "edge/a/1/2");
    cluster.error("api", "edge/a/1/3");
    try (AlertingService service = start("one")) {
      burst("second");
      cluster.transitionsUntil(of("second"));
      cluster.error("api", "edge/a/1/4");

      // Then
      assertThat(cluster.transitionsUntil(of("api")))
          .containsExactlyInAnyOrder(
              "firing burst {service=first}",
              "firing burst {service=second}",
              "firing burst {service=api}");
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> service.firing() == 3);
    }
  }

  @Test
  void aGroupThatIsSpreadOverServicesMeetsOnOneShardOfTwoInstances() {
    TopicAdmin.applyDefaults(cluster.settings());
    try (AlertingService one = start("one");
        AlertingService two = start("two")) {
      // When
      for (int i = 0; i < 5; i++) {
        cluster.error("service-" + i, "login_failed", Map.of("ip", "10.0.0.1"), "edge/a/1/" + i);
      }

      // Then
      assertThat(cluster.transitionsUntil(is("logins", Status.FIRING)))
          .containsExactly("firing logins {meta.ip=10.0.0.1}");
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> one.firing() + two.firing() == 1);
    }
  }

  @Test
  void itWaitsForTopicsThatAreNotThereYetAndBeginsWithTheDefaultPack() {
    try (AlertingService service = create(AlertingConfig.in(dir.resolve("one")))) {
      // Given
      service.start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> service.readiness().detail().contains("tocsin topics apply"));

      // When
      TopicAdmin.applyDefaults(cluster.settings());

      // Then
      awaitReady(service);
    }
  }

  @Test
  void appliedRulesAreInForceWithoutARestart() {
    // Given
    TopicAdmin.applyDefaults(cluster.settings());
    RulesAdmin admin = new RulesAdmin(cluster.settings());
    RuleSet sharper =
        RuleSet.parse(
            "sharper.yaml", BURST.replace("count: 5\n    within: 1m", "count: 1\n    within: 1h"));
    // As many as one read gives: the end of their transaction comes with another, empty one.
    RuleSet early =
        new RuleSet(
            IntStream.range(0, 500)
                .mapToObj(
                    i ->
                        "rules: [{ name: early-%d, match: { event: early-%d }, count: 1, within: 1h }]"
                            .formatted(i, i))
                .flatMap(yaml -> RuleSet.parse("early.yaml", yaml).rules().stream())
                .toList());
    admin.apply(admin.plan(early, false), "tester");
    try (AlertingService service = start("one")) {
      cluster.error("api", "early-7", Map.of(), "edge/e/1/0");
      cluster.transitionsUntil(is("early-7", Status.FIRING));
      burst("first");
      cluster.transitionsUntil(of("first"));

      // When
      admin.apply(admin.plan(sharper, false), "tester");
      long applied = System.nanoTime();
      Alert resolved =
          cluster
              .alertsUntil(alerts -> alerts.stream().anyMatch(is("burst", Status.RESOLVED)))
              .getLast();
      LOG.atInfo()
          .addKeyValue("ms", (System.nanoTime() - applied) / 1_000_000)
          .log("from a rule's being applied to its being in force");
      cluster.error("api", "edge/b/1/0");
      cluster.transitionsUntil(of("api"));
      boolean settled = admin.plan(sharper, false).isEmpty();
      admin.apply(admin.plan(new RuleSet(List.of()), true), "tester");

      // Then
      assertThat(resolved.reason()).contains("condition was changed");
      assertThat(settled).isTrue();
      assertThat(admin.list()).isEmpty();
      cluster.alertsUntil(
          alerts -> alerts.stream().filter(is("burst", Status.RESOLVED)).count() == 2);
    }
  }

  @Test
  void anAlertIsThereWithinAMomentOfTheRecordThatTipsIt() {
    TopicAdmin.applyDefaults(cluster.settings());
    try (AlertingService service = start("one")) {
      burst("warm-up");
      cluster.transitionsUntil(of("warm-up"));

      // When
      List<Long> micros = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String name = "service-" + i;
        for (int n = 0; n < 4; n++) {
          cluster.error(name, "edge/" + name + "/1/" + n);
        }
        long tipped = System.nanoTime();
        cluster.error(name, "edge/" + name + "/1/4");
        cluster.transitionsUntil(of(name));
        micros.add((System.nanoTime() - tipped) / 1000);
      }

      // Then
      micros.sort(null);
      LOG.atInfo()
          .addKeyValue("p50-ms", micros.get(20) / 1000.0)
          .addKeyValue("p95-ms", micros.get(38) / 1000.0)
          .log("latency from the tipping record's send to the committed alert");
      assertThat(micros.get(20)).isLessThan(2_000_000);
      assertThat(service.readiness().ready()).isTrue();
    }
  }

  private AlertingService create(String instance) {
    AlertingConfig config =
        AlertingConfig.in(dir.resolve(instance)).withRules(List.of(dir.resolve("rules.yaml")));
    return create(config);
  }

  private AlertingService create(AlertingConfig config) {
    return new AlertingService(config, cluster.settings(), new Metrics(), Clock.systemUTC());
  }

  private AlertingService start(String instance) {
    AlertingService service = create(instance);
    service.start();
    awaitReady(service);
    return service;
  }

  private static void awaitReady(AlertingService service) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(service.readiness().ready()).isTrue());
  }

  private void burst(String service) {
    for (int i = 0; i < 5; i++) {
      cluster.error(service, "edge/" + service + "/1/" + i);
    }
  }

  private static Predicate<Alert> is(String rule, Status status) {
    return alert -> alert.rule().equals(rule) && alert.status() == status;
  }

  private static Predicate<Alert> of(String service) {
    return alert -> service.equals(alert.group().get("service"));
  }
}
