package io.tocsin.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.engine.EventRecord;
import io.tocsin.alerting.prove.Replay;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.topics.TopicAdmin;
import io.tocsin.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Alerting is closed and started again while events flow, the second time without its state on
 * disk: what is committed is what an undisturbed run gives.
 *
 * <p>The rules here follow records alone, and each group's records are of one partition, so that
 * their order, and with it every transition, is settled by what is sent.
 */
class RestartTest {

  private static final int EVENTS = 500;
  private static final int SERVICES = 5;
  private static final int USERS = SERVICES * 2;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String RULES =
      """
      rules:
        - name: burst
          match: { level: ERROR }
          group-by: [service]
          count: 7
          within: 1h
        - name: flip
          match: { event: state }
          group-by: [service, meta.device]
          change: { of: meta.state, to: 1 }
        - name: run
          match: { level: ERROR }
          among: { event: state }
          group-by: [meta.user]
          consecutive: 3
        - name: codes
          match: { event: state }
          group-by: [meta.user]
          distinct: { of: meta.code, at-least: 4 }
          within: 1h
        - name: end
          match: { event: end }
          group-by: [meta.user]
          count: 1
          within: 1h
      """;

  @TempDir private Path dir;

  @Test
  void restartsChangeNothingOfWhatIsCommitted() throws IOException {
    // Given
    List<LogEvent> events = events(Instant.now());
    List<Alert> undisturbed = undisturbed(events);
    try (TestCluster cluster = new TestCluster(dir.resolve("kafka"))) {
      TopicAdmin.applyDefaults(cluster.settings());
      Files.writeString(dir.resolve("rules.yaml"), RULES);
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(cluster, events));

      // When
      runUntil(cluster, alerts -> alerts.size() >= undisturbed.size() / 3);
      runUntil(cluster, alerts -> alerts.size() >= undisturbed.size() * 2 / 3);
      deleteState();
      List<Alert> committed =
          runUntil(
              cluster,
              alerts -> alerts.size() >= undisturbed.size() && count(alerts, "end") == USERS);
      sent.join();

      // Then
      assertThat(lines(committed)).isEqualTo(lines(undisturbed));
      assertThat(committed.stream().map(alert -> alert.episode() + " " + alert.status()))
          .doesNotHaveDuplicates();
    }
  }

  /** Runs it until the committed transitions are as wanted. */
  private List<Alert> runUntil(TestCluster cluster, Predicate<List<Alert>> wanted) {
    AlertingConfig config =
        AlertingConfig.in(dir.resolve("state")).withRules(List.of(dir.resolve("rules.yaml")));
    try (AlertingService service =
        new AlertingService(config, cluster.settings(), new Metrics(), Clock.systemUTC())) {
      service.start();
      Awaitility.await().atMost(PATIENCE).until(() -> service.readiness().ready());
      return cluster.alertsUntil(wanted);
    }
  }

  private static long count(List<Alert> alerts, String rule) {
    return alerts.stream().filter(alert -> alert.rule().equals(rule)).count();
  }

  private void deleteState() throws IOException {
    try (Stream<Path> state = Files.walk(dir.resolve("state"))) {
      for (Path path : state.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void send(TestCluster cluster, List<LogEvent> events) {
    events.forEach(event -> cluster.send(Topics.LOGS, event.service(), EventCodec.encode(event)));
  }

  private static List<Alert> undisturbed(List<LogEvent> events) {
    List<Alert> alerts = new ArrayList<>();
    Replay replay = new Replay(RuleSet.parse("rules.yaml", RULES), null, null, alerts::add);
    events.forEach(event -> replay.read(EventRecord.of(event)));
    replay.finish();
    return alerts;
  }

  /** Events with some sent twice, and a last one of each user. */
  private static List<LogEvent> events(Instant start) {
    SplittableRandom random = new SplittableRandom(41);
    List<LogEvent> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      boolean again = i > 0 && random.nextInt(10) == 0;
      events.add(
          again
              ? events.get(Math.max(0, i - 1 - random.nextInt(50)))
              : event(start.plusMillis(i), "state", random.nextInt(SERVICES), i, random));
    }
    for (int user = 0; user < USERS; user++) {
      int n = EVENTS + user;
      events.add(event(start.plusMillis(n), "end", user % SERVICES, n, random));
    }
    return events;
  }

  private static LogEvent event(Instant ts, String event, int of, int n, SplittableRandom random) {
    String service = "service-" + of;
    int user = event.equals("end") ? (n - EVENTS) / SERVICES : random.nextInt(2);
    Level level = random.nextInt(4) == 0 ? Level.INFO : Level.ERROR;
    Map<String, Object> meta =
        Map.of(
            "user", service + "/" + user,
            "device", random.nextInt(3),
            "state", random.nextInt(3),
            "code", random.nextInt(6));
    String id = "edge/" + service + "/1/" + n;
    return new LogEvent(ts, service, level, event, "text", Map.copyOf(meta), "host", null, id);
  }

  /** All but the moment of it, which is the wall clock's: in order of group, then as they came. */
  private static List<String> lines(List<Alert> alerts) {
    return alerts.stream()
        .sorted(Comparator.comparing(Alert::fingerprint))
        .map(
            alert ->
                "%s %s %s value %s from %s %s"
                    .formatted(
                        alert.rule(),
                        alert.group(),
                        alert.status(),
                        alert.value(),
                        alert.startsAt(),
                        alert.evidence()))
        .toList();
  }
}
