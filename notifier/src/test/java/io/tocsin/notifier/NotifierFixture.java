package io.tocsin.notifier;

import static org.awaitility.Awaitility.await;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.event.Alert;
import io.tocsin.notifier.pipeline.Storms;
import io.tocsin.notifier.route.AnyOf;
import io.tocsin.notifier.route.Matchers;
import io.tocsin.notifier.route.RouteConfig;
import io.tocsin.topics.TopicAdmin;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A notifier between a real broker and a Slack that keeps its contract. */
abstract class NotifierFixture {

  protected static final Duration LONG = Duration.ofSeconds(60);

  @TempDir static Path data;
  protected static EmbeddedKafka broker;
  protected static KafkaSettings kafka;
  protected static AlertTopic topic;

  protected final SlackServer slack = new SlackServer();
  protected final List<String> lines = new CopyOnWriteArrayList<>();
  protected final List<AutoCloseable> open = new ArrayList<>(List.of(slack));
  protected final Metrics metrics = new Metrics();

  /** Each test has a rule of its own, and a receiver that no other test has. */
  protected String rule;

  @BeforeAll
  static void startKafka() {
    broker = EmbeddedKafka.start(EmbeddedKafka.Options.in(data));
    kafka = KafkaSettings.of(broker.bootstrapServers());
    TopicAdmin.applyDefaults(kafka);
    topic = new AlertTopic(kafka);
  }

  @AfterAll
  static void stopKafka() {
    topic.close();
    broker.close();
  }

  @BeforeEach
  void name(TestInfo test) {
    rule = "rule-" + Integer.toHexString(test.getDisplayName().hashCode());
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  /** Sends this test's alerts to {@code receivers} and all others nowhere. */
  protected NotifierConfig config(Map<String, ReceiverConfig> receivers) {
    return config(receivers, new Storms(10_000, Duration.ofMinutes(1)));
  }

  protected NotifierConfig config(Map<String, ReceiverConfig> receivers, Storms storms) {
    Map<String, ReceiverConfig> all = new HashMap<>();
    receivers.forEach((name, config) -> all.put(rule + "-" + name, config));
    List<String> named = List.copyOf(all.keySet());
    all.put(rule + "-rest", new ReceiverConfig.Terminal());
    Matchers mine = new Matchers(null, null, AnyOf.of(rule), Map.of(), null);
    return new NotifierConfig(
        "notifier",
        null,
        Duration.ofDays(1),
        storms,
        List.of("127.0.0.1"),
        all,
        new RouteConfig(
            Matchers.ALL,
            List.of(rule + "-rest"),
            false,
            List.of(new RouteConfig(mine, named, false, List.of()))));
  }

  protected NotifierService start(NotifierConfig config, Metrics into) {
    NotifierService service =
        new NotifierService(
            config,
            kafka,
            into,
            Clock.systemUTC(),
            line -> {
              if (line.contains(rule)) {
                lines.add(line);
              }
            });
    open.add(service);
    service.start();
    await().atMost(LONG).until(() -> service.readiness().ready());
    return service;
  }

  protected NotifierService startWithSlack(Duration every) {
    return start(config(Map.of("slack", slack.receiver(every))), new Metrics());
  }

  protected Alert firing(int n) {
    return Alerts.firing(rule, n);
  }

  protected Alert resolved(int n) {
    return Alerts.resolved(rule, n);
  }

  protected String told(String status, int n) {
    return "[" + status + "] high " + rule + ": 7 errors in 1m from api (" + rule + " " + n + ")";
  }

  protected void awaitTold(int count) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> slack.told().size() >= count);
  }
}
