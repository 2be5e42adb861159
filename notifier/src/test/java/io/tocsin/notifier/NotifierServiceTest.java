package io.tocsin.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.Secret;
import io.tocsin.event.Alert;
import io.tocsin.event.DeadLetter;
import io.tocsin.event.EventCodec;
import io.tocsin.event.LogEvent;
import io.tocsin.notifier.http.ContractServer;
import io.tocsin.notifier.http.ContractServer.Reply;
import io.tocsin.notifier.pipeline.Storms;
import io.tocsin.notifier.slack.SlackApiContract;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.junit.jupiter.api.Test;

/** The notifier between a real broker and a Slack that keeps its contract. */
class NotifierServiceTest extends NotifierFixture {

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
    // Slack knows of it a moment before the delivery log does.
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(new String(metrics.text(), StandardCharsets.UTF_8))
                    .contains(
                        "tocsin_notifier_deliveries_total{outcome=\"delivered\",receiver=\"%s-slack\"} 20.0"
                            .formatted(rule))
                    .contains("tocsin_notifier_pending 0.0"));
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
  void aBotChangesItsMessageInPlaceAfterARestartToo() {
    // Given
    SlackApiContract contract = new SlackApiContract("xoxb-x", false);
    ContractServer bot = new ContractServer(contract::answer);
    open.add(bot);
    Map<String, ReceiverConfig> receivers =
        Map.of(
            "bot",
            new ReceiverConfig.SlackBot(
                Secret.of("xoxb-x", "a test"),
                "#ops",
                bot.uri("/api"),
                Duration.ofSeconds(5),
                Duration.ZERO,
                null));
    NotifierService first = start(config(receivers), new Metrics());
    topic.put(firing(1));
    await().atMost(LONG).until(() -> deliveries("bot").size() == 1);
    first.close();

    // When
    topic.put(resolved(1));
    start(config(receivers), new Metrics());

    // Then
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(contract.messages())
                    .extracting(SlackApiContract.Message::text)
                    .containsExactly(told("resolved", 1)));
  }

  @Test
  void whoIsLeftOutIsSaidAtStartAndTheOthersAreTold() {
    // Given
    ReceiverConfig pager = new ReceiverConfig.IfSet(null, List.of("PAGER_KEY"));
    ReceiverConfig there = new ReceiverConfig.IfSet(slack.receiver(), List.of());

    // When
    start(config(Map.of("pager", pager, "slack", there)), metrics);
    topic.put(firing(1));

    // Then
    awaitTold(1);
    assertThat(lines)
        .containsExactly(
            "notifier: " + rule + "-pager is left out, as PAGER_KEY is not set in the environment");
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
  void whatIsGivenUpIsAnEventThatRulesCanRingFor() throws Exception {
    // Given
    slack.http.next(Reply.of(404, "no_service"));
    startWithSlack(Duration.ZERO);

    // When
    topic.put(firing(1));

    // Then
    await().atMost(LONG).until(() -> announcements().size() == 1);
    LogEvent event = announcements().getFirst();
    assertThat(event.event()).isEqualTo("notification_given_up");
    assertThat(event.meta())
        .containsEntry("receiver", rule + "-slack")
        .containsEntry("detail", "HTTP 404 no_service");
  }

  /** What the notifier said of this test's rule on tocsin.logs. */
  private List<LogEvent> announcements() throws Exception {
    List<LogEvent> events = new ArrayList<>();
    for (var record : topic.all(Topics.LOGS)) {
      assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("tocsin-notifier");
      LogEvent event = EventCodec.decodeLog(record.value());
      if (rule.equals(event.meta().get("rule"))) {
        events.add(event);
      }
    }
    return events;
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
  void aStormEndsInSummariesAndEveryEpisodeOfItIsToldOfItsEnd() {
    // Given: at the pace that Slack asks for, one by one would take five minutes
    Storms storms = new Storms(30, Duration.ofSeconds(4));
    start(config(Map.of("slack", slack.receiver(Duration.ofSeconds(1))), storms), metrics);

    // When
    topic.put(IntStream.range(0, 300).mapToObj(this::firing).toArray(Alert[]::new));
    await().atMost(LONG).until(() -> deliveries("slack").size() == 300);
    int calls = slack.http.calls().size();
    topic.put(resolved(7));

    // Then: nobody waits for the resolve longer than for the next summary
    assertThat(calls).isBetween(1, 40);
    assertThat(slack.told()).anyMatch(told -> told.matches("\\d+ alerts at once: \\d+ firing"));
    await().atMost(LONG).until(() -> slack.told().getLast().contains("resolved"));
  }

  @Test
  void aThousandAlertsInASecondAreToldWithinTheLimitsOfEachReceiver() {
    // Given: services that refuse what comes faster than they document
    SlackApiContract contract = new SlackApiContract("xoxb-x", true);
    ContractServer bot = new ContractServer(contract::answer);
    open.add(bot);
    Storms storms = new Storms(30, Duration.ofSeconds(6));
    start(
        config(
            Map.of(
                "slack",
                slack.receiver(Duration.ofSeconds(1)),
                "bot",
                new ReceiverConfig.SlackBot(
                    Secret.of("xoxb-x", "a test"),
                    "#ops",
                    bot.uri("/api"),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    null)),
            storms),
        metrics);

    // When
    topic.put(IntStream.range(0, 1_000).mapToObj(this::firing).toArray(Alert[]::new));
    await()
        .atMost(LONG)
        .until(() -> deliveries("slack").size() == 1_000 && deliveries("bot").size() == 1_000);

    // Then
    assertThat(contract.limits()).isZero();
    assertThat(contract.messages().size()).isBetween(1, 40);
    assertThat(slack.http.calls().size()).isBetween(1, 40);
    assertThat(contract.messages())
        .anyMatch(message -> message.text().matches("\\d{3,4} alerts at once: \\d+ firing"));
  }

  /** The episodes of this test whose firing is recorded as told. */
  private Set<String> deliveries(String receiver) {
    Set<String> told = new HashSet<>();
    topic
        .all(Topics.DELIVERIES)
        .forEach(
            record -> {
              String entry = new String(record.value(), StandardCharsets.UTF_8);
              if (entry.contains(rule + "-" + receiver) && entry.contains("\"delivered\"")) {
                told.add(new String(record.key(), StandardCharsets.UTF_8));
              }
            });
    return told;
  }
}
