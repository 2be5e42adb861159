package io.tocsin.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.sun.management.HotSpotDiagnosticMXBean;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.event.Alert;
import io.tocsin.event.DeadLetter;
import io.tocsin.event.EventCodec;
import io.tocsin.notifier.http.ContractServer.Reply;
import io.tocsin.notifier.pipeline.Storms;
import io.tocsin.notifier.route.AnyOf;
import io.tocsin.notifier.route.Matchers;
import io.tocsin.notifier.route.RouteConfig;
import io.tocsin.topics.TopicAdmin;
import io.tocsin.topics.Topics;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The notifier between a real broker and a Slack that keeps its contract. */
class NotifierServiceTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir static Path data;
  private static EmbeddedKafka broker;
  private static KafkaSettings kafka;
  private static AlertTopic topic;

  private final SlackServer slack = new SlackServer();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>(List.of(slack));
  private final Metrics metrics = new Metrics();

  /** Each test has a rule of its own, and a receiver that no other test has. */
  private String rule;

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
  private NotifierConfig config(Map<String, ReceiverConfig> receivers) {
    Map<String, ReceiverConfig> all = new HashMap<>();
    receivers.forEach((name, config) -> all.put(rule + "-" + name, config));
    List<String> named = List.copyOf(all.keySet());
    all.put(rule + "-rest", new ReceiverConfig.Terminal());
    Matchers mine = new Matchers(null, null, AnyOf.of(rule), Map.of(), null);
    return new NotifierConfig(
        "notifier",
        null,
        Duration.ofDays(1),
        new Storms(30, Duration.ofMinutes(1)),
        List.of(),
        all,
        new RouteConfig(
            Matchers.ALL,
            List.of(rule + "-rest"),
            false,
            List.of(new RouteConfig(mine, named, false, List.of()))));
  }

  private NotifierService start(NotifierConfig config, Metrics into) {
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

  private NotifierService startWithSlack(Duration every) {
    return start(config(Map.of("slack", slack.receiver(every))), new Metrics());
  }

  private Alert firing(int n) {
    return Alerts.firing(rule, n);
  }

  private Alert resolved(int n) {
    return Alerts.resolved(rule, n);
  }

  private String told(String status, int n) {
    return "[" + status + "] high " + rule + ": 7 errors in 1m from api (" + rule + " " + n + ")";
  }

  private void awaitTold(int count) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> slack.told().size() >= count);
  }

  @Test
  void everyTransitionIsToldOnceAndInOrder() {
    // Given
    start(config(Map.of("slack", slack.receiver())), metrics);
    List<String> expected = new ArrayList<>();

    // When
    for (int n = 0; n < 10; n++) {
      topic.put(firing(n));
      expected.add(told("firing", n));
      awaitTold(expected.size());
      topic.put(resolved(n));
      expected.add(told("resolved", n));
      awaitTold(expected.size());
    }

    // Then
    assertThat(slack.told()).isEqualTo(expected);
    assertThat(new String(metrics.text(), StandardCharsets.UTF_8))
        .contains(
            "tocsin_notifier_deliveries_total{outcome=\"delivered\",receiver=\"%s-slack\"} 20.0"
                .formatted(rule))
        .contains("tocsin_notifier_pending 0.0");
  }

  @Test
  void aRestartInTheMiddleNeitherRepeatsNorForgets() {
    // Given
    int episodes = 40;
    NotifierService first = startWithSlack(Duration.ofMillis(25));
    IntStream.range(0, episodes).forEach(n -> topic.put(firing(n)));
    awaitTold(5);

    // When
    first.close();
    int toldByTheFirst = slack.told().size();
    startWithSlack(Duration.ZERO);

    // Then
    awaitTold(episodes);
    assertThat(toldByTheFirst).isBetween(5, episodes - 1);
    assertThat(slack.told())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, episodes).mapToObj(n -> told("firing", n)).toList());
  }

  @Test
  void aResolveAfterARestartIsAResolve() {
    // Given
    NotifierService first = startWithSlack(Duration.ZERO);
    topic.put(firing(1));
    awaitTold(1);
    first.close();

    // When
    topic.put(resolved(1));
    startWithSlack(Duration.ZERO);

    // Then
    awaitTold(2);
    assertThat(slack.told()).containsExactly(told("firing", 1), told("resolved", 1));
  }

  @Test
  void offsetsThatAreLostRepeatNothing() throws Exception {
    // Given
    NotifierService first = startWithSlack(Duration.ZERO);
    topic.put(firing(1), firing(2));
    awaitTold(2);
    first.close();
    try (Admin admin = Admin.create(kafka.with(Map.of()))) {
      String group = "tocsin-notifier-" + rule + "-slack";
      admin
          .removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
          .all()
          .get();
      admin.deleteConsumerGroups(List.of(group)).all().get();
    }

    // When
    startWithSlack(Duration.ZERO);
    topic.put(firing(3));

    // Then
    awaitTold(3);
    assertThat(slack.told())
        .containsExactlyInAnyOrder(told("firing", 1), told("firing", 2), told("firing", 3));
  }

  @Test
  void aRateLimitDelaysAndLosesNothing() {
    // Given
    slack.http.next(Reply.of(429, "", "Retry-After", "1"), Reply.of(429, "", "Retry-After", "1"));
    start(config(Map.of("slack", slack.receiver())), metrics);

    // When
    topic.put(firing(1), firing(2));

    // Then
    awaitTold(2);
    assertThat(slack.told()).containsExactly(told("firing", 1), told("firing", 2));
    assertThat(slack.http.calls()).hasSize(4);
    assertThat(new String(metrics.text(), StandardCharsets.UTF_8))
        .contains("tocsin_notifier_retries_total{receiver=\"%s-slack\"} 2.0".formatted(rule));
  }

  @Test
  void oneReceiversTroubleDelaysNobodyElseAndEndsInAFullAccount() {
    // Given
    slack.http.down(Reply.of(503, ""));
    start(
        config(Map.of("slack", slack.receiver(), "terminal", new ReceiverConfig.Terminal())),
        metrics);

    // When: one episode comes and goes during the outage, one goes on
    topic.put(firing(1));
    await().atMost(LONG).until(() -> lines.size() == 1 && !slack.http.calls().isEmpty());
    topic.put(resolved(1), firing(2));
    await().atMost(LONG).until(() -> lines.size() == 3);
    slack.http.up();

    // Then
    awaitTold(2);
    assertThat(slack.told())
        .containsExactlyInAnyOrder(told("fired and resolved", 1), told("firing", 2));
  }

  @Test
  void whatSlackRefusesIsKeptAsADeadLetterAndTheRestGoesOn() throws Exception {
    // Given
    slack.http.next(Reply.of(400, "invalid_blocks"));
    startWithSlack(Duration.ZERO);

    // When: the firing is refused, so the resolve has to say both
    topic.put(firing(1));
    await().atMost(LONG).until(() -> slack.http.calls().size() == 1);
    topic.put(resolved(1), firing(2));

    // Then
    awaitTold(2);
    assertThat(slack.told()).containsExactly(told("fired and resolved", 1), told("firing", 2));
    List<DeadLetter> letters =
        topic.deadLetters().stream().filter(letter -> letter.detail().contains(rule)).toList();
    assertThat(letters).hasSize(1);
    assertThat(letters.getFirst().stage()).isEqualTo("notifier");
    assertThat(letters.getFirst().reason()).isEqualTo("bad_request");
    assertThat(letters.getFirst().detail()).isEqualTo(rule + "-slack: HTTP 400 invalid_blocks");
    assertThat(EventCodec.decodeAlert(letters.getFirst().bytes()).episode())
        .isEqualTo(firing(1).episode());
  }

  @Test
  void whatIsNoAlertIsKeptOnceHoweverManyReceiversThereAre() throws Exception {
    // Given
    byte[] garbage = ("{" + rule).getBytes(StandardCharsets.UTF_8);
    start(
        config(Map.of("slack", slack.receiver(), "terminal", new ReceiverConfig.Terminal())),
        metrics);

    // When
    topic.put("x", garbage);
    topic.put(firing(1));

    // Then
    awaitTold(1);
    await().atMost(LONG).until(() -> lines.size() == 1);
    assertThat(topic.deadLetters().stream().filter(l -> Arrays.equals(l.bytes(), garbage)))
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("not_Alert"));
  }

  @Test
  void whatTheEngineTookBackIsNotTold() {
    startWithSlack(Duration.ZERO);
    topic.putAborted(firing(1));
    topic.put(firing(2));
    awaitTold(1);
    assertThat(slack.told()).containsExactly(told("firing", 2));
  }

  @Test
  void aSecondNotifierOfTheSameNameTakesOverInsteadOfTellingTwice() {
    // Given
    NotifierService first = startWithSlack(Duration.ZERO);
    topic.put(firing(1));
    awaitTold(1);

    // When
    startWithSlack(Duration.ZERO);
    await().atMost(LONG).until(() -> !first.readiness().ready());
    topic.put(firing(2));

    // Then
    awaitTold(2);
    assertThat(slack.told()).containsExactly(told("firing", 1), told("firing", 2));
    assertThat(first.readiness().detail()).contains("taken over");
  }

  @Test
  void theSecretShowsNowhere() throws Exception {
    // Given: everything goes wrong that can, and every log line is kept
    Logger root = (Logger) LoggerFactory.getLogger("ROOT");
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    root.addAppender(logged);
    Level before = root.getLevel();
    root.setLevel(Level.DEBUG);
    slack.http.next(
        new Reply.Break(),
        Reply.of(500, SlackServer.SECRET),
        Reply.of(302, "", "Location", slack.url()),
        Reply.of(404, "no_service " + SlackServer.SECRET));
    NotifierConfig config = config(Map.of("slack", slack.receiver()));
    NotifierService service = start(config, metrics);

    // When
    topic.put(firing(1), firing(2), firing(3));
    awaitTold(1);
    Path threads = data.resolve("threads.txt");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(threads.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
    service.close();
    root.setLevel(before);
    root.detachAppender(logged);

    // Then
    StringBuilder all = new StringBuilder().append(config).append(service);
    List.copyOf(logged.list)
        .forEach(
            event ->
                all.append(event.getFormattedMessage())
                    .append(event.getKeyValuePairs())
                    .append(
                        event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy()))
                    .append('\n'));
    all.append(new String(metrics.text(), StandardCharsets.UTF_8));
    all.append(Files.readString(threads));
    for (String name : List.of(Topics.DELIVERIES, Topics.DEAD_LETTERS)) {
      topic.all(name).forEach(r -> all.append(new String(r.value(), StandardCharsets.UTF_8)));
    }
    assertThat(all).contains("receiver fails", "given up").doesNotContain(SlackServer.SECRET);
  }
}
