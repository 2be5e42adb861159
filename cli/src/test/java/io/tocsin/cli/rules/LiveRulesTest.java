package io.tocsin.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.AlertingConfig;
import io.tocsin.alerting.AlertingService;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.event.Alert;
import io.tocsin.topics.AlertStates;
import io.tocsin.topics.TopicAdmin;
import io.tocsin.topics.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands on what stands on the topics, and on an engine that runs. */
class LiveRulesTest {

  private static Instant start;
  private static final String RULES =
      """
      rules:
        - name: errors
          match: { level: ERROR }
          group-by: [service]
          count: 3
          within: 10m
          resolve-after: 2h
        - name: fault
          from: telemetry
          group-by: [device]
          change: { of: values.STATE, to: 8 }
      """;

  @TempDir private static Path dir;
  private static EmbeddedKafka broker;
  private static KafkaSettings kafka;
  private static final List<String> LINES = new ArrayList<>();
  private final CommandRun command = new CommandRun(broker);

  @BeforeAll
  static void fillTopics() throws Exception {
    start = Instant.now().minusSeconds(3600);
    broker = EmbeddedKafka.start(EmbeddedKafka.Options.in(dir.resolve("kafka")));
    kafka = KafkaSettings.of(broker.bootstrapServers());
    TopicAdmin.applyDefaults(kafka);
    Files.writeString(dir.resolve("rules.yaml"), RULES);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            kafka.with(Map.of("linger.ms", 0)),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < 30; i++) {
        String ts = start.plusSeconds(i).toString();
        String service = i % 3 == 0 ? "worker" : "api";
        send(
            producer,
            Topics.LOGS,
            service,
            "{\"ts\":\"%s\",\"service\":\"%s\",\"level\":\"%s\"}"
                .formatted(ts, service, i % 5 == 0 ? "ERROR" : "INFO"));
        send(
            producer,
            Topics.TELEMETRY,
            "charger-" + i % 2,
            "{\"ts\":\"%s\",\"service\":\"charger\",\"device\":\"charger-%d\",\"values\":{\"STATE\":%d}}"
                .formatted(ts, i % 2, i % 9));
      }
      producer
          .send(
              new ProducerRecord<>(Topics.LOGS, "api", "no event".getBytes(StandardCharsets.UTF_8)))
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static void send(
      KafkaProducer<String, byte[]> producer, String topic, String key, String json)
      throws Exception {
    LINES.add(json);
    long appended =
        producer
            .send(new ProducerRecord<>(topic, key, json.getBytes(StandardCharsets.UTF_8)))
            .get(30, TimeUnit.SECONDS)
            .timestamp();
    // No two of one millisecond, so that the order of appending is that of sending.
    while (Instant.now().toEpochMilli() <= appended) {
      Thread.onSpinWait();
    }
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void aBackTestOfTheTopicsIsThatOfTheSameRecordsInAFile() throws IOException {
    // Given
    Path file = Files.write(dir.resolve("events.ndjson"), LINES);
    String until = start.plusSeconds(1800).toString();
    String same = "backtest --output ndjson --from " + start + " --until " + until + " --rules ";

    // When
    int ofTopics = command.run(same + dir.resolve("rules.yaml"));
    String topics = command.out();
    String said = command.err();
    CommandRun fromFile = new CommandRun();
    int ofFile = fromFile.run(same + dir.resolve("rules.yaml") + " --events " + file);

    // Then
    assertThat(List.of(ofTopics, ofFile)).containsOnly(0);
    assertThat(topics).contains("\"rule\":\"errors\"", "\"rule\":\"fault\"");
    assertThat(topics).isEqualTo(fromFile.out());
    assertThat(said).contains("1 records were no events and were left out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --until 2025-12-10T12:00:00Z                              | where to begin
          --from 2025-12-10T12:00:00Z --until 2025-12-10T12:00:00Z  | is not after --from
          --events day.ndjson                                       | exclude each other
          """)
  void aBackTestSaysWhatDoesNotGoTogether(String arguments, String problem) {
    assertThat(command.run("backtest --rules r.yaml " + arguments)).isEqualTo(2);
    assertThat(command.err()).contains(problem);
  }

  @Test
  void aResetIsTakenByARunningEngine() {
    AlertingConfig config =
        AlertingConfig.in(dir.resolve("state")).withRules(List.of(dir.resolve("rules.yaml")));
    try (AlertingService service =
        new AlertingService(config, kafka, new Metrics(), Clock.systemUTC())) {
      // Given
      service.start();
      AlertStates states = new AlertStates(kafka);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> states.firing().stream().anyMatch(a -> a.rule().equals("errors")));

      // When
      int dry = command.run("reset errors --group service=worker --dry-run");
      int other = command.run("reset errors --group service=ui");
      String before = command.out();
      long stillFiring = states.firing().stream().filter(a -> a.rule().equals("errors")).count();
      int reset = command.run("reset errors --by ayse");

      // Then
      assertThat(List.of(dry, other, reset)).containsOnly(0);
      assertThat(before).contains("would reset errors", "nothing of it fires");
      assertThat(stillFiring).isPositive();
      assertThat(command.out()).contains("and will resolve:", "Done.");
      assertThat(states.latest().values())
          .filteredOn(alert -> alert.rule().equals("errors"))
          .isNotEmpty()
          .allSatisfy(alert -> assertThat(alert.reason()).isEqualTo("reset by ayse"))
          .extracting(Alert::status)
          .containsOnly(Alert.Status.RESOLVED);
      assertThat(command.run("list")).isZero();
      assertThat(command.out()).contains("no rules were applied");
    }
  }
}
