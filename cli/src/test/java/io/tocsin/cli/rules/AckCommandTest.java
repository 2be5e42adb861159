package io.tocsin.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Severity;
import io.tocsin.event.Alert.Status;
import io.tocsin.event.EventCodec;
import io.tocsin.topics.AcksAdmin;
import io.tocsin.topics.CompactedTopic;
import io.tocsin.topics.SilencesAdmin;
import io.tocsin.topics.TopicAdmin;
import io.tocsin.topics.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AckCommandTest {

  private static final Instant NOON = Instant.parse("2025-12-10T12:00:00Z");
  private static final Alert API = alert("errors", "api", Status.FIRING);
  private static final Alert WORKER = alert("errors", "worker", Status.FIRING);
  private static final Alert OVER = alert("errors", "ui", Status.RESOLVED);

  @TempDir private static Path data;
  private static EmbeddedKafka broker;
  private static KafkaSettings kafka;
  private final CommandRun command = new CommandRun(broker);

  @BeforeAll
  static void startKafka() {
    broker = EmbeddedKafka.start(EmbeddedKafka.Options.in(data));
    kafka = KafkaSettings.of(broker.bootstrapServers());
    TopicAdmin.applyDefaults(kafka);
    CompactedTopic state = new CompactedTopic(kafka, Topics.ALERT_STATE, "test");
    for (Alert alert : List.of(API, WORKER, OVER)) {
      state.write(Map.of(alert.fingerprint(), EventCodec.encode(alert)));
    }
  }

  @AfterAll
  static void stopKafka() {
    broker.close();
  }

  @Test
  void anAlertIsAcknowledgedAndTheAckTakenBack() {
    // Given
    String prefix = API.fingerprint().substring(0, 6);

    // When
    int dry = command.run("ack " + prefix + " --dry-run --author ayse");
    int made = command.run("ack " + prefix + " --author ayse --comment ordered");

    // Then
    assertThat(List.of(dry, made)).containsOnly(0);
    assertThat(command.out())
        .contains("would acknowledge " + API.episode(), "acknowledged " + API.episode());
    assertThat(new AcksAdmin(kafka).list().get(API.episode()))
        .satisfies(
            ack -> {
              assertThat(ack.author()).isEqualTo("ayse");
              assertThat(ack.comment()).isEqualTo("ordered");
            });
    assertThat(new SilencesAdmin(kafka).list()).isEmpty();

    // When
    int dryUndo = command.run("ack " + API.episode() + " --undo --dry-run");
    int undone = command.run("ack " + API.episode() + " --undo");
    int again = command.run("ack " + API.episode() + " --undo");

    // Then
    assertThat(List.of(dryUndo, undone)).containsOnly(0);
    assertThat(again).isEqualTo(2);
    assertThat(new AcksAdmin(kafka).list()).isEmpty();
  }

  @Test
  void whatCannotBeAcknowledgedIsSaidWithWhatCan() {
    // When
    int unknown = command.run("ack ffffffff");
    String firing = command.err();
    int over = command.run("ack " + OVER.episode());
    int tooShort = command.run("ack " + API.fingerprint().substring(0, 1));

    // Then
    assertThat(List.of(unknown, over, tooShort)).containsOnly(2);
    assertThat(firing)
        .contains("no alert fires under ffffffff", API.episode(), WORKER.episode())
        .doesNotContain(OVER.episode());
    assertThat(command.err()).contains("is over since 2025-12-10T12:00:00Z");
    assertThat(new AcksAdmin(kafka).list()).isEmpty();
  }

  private static Alert alert(String rule, String service, Status status) {
    Map<String, Object> group = Map.of("service", service);
    String fingerprint = Alert.fingerprintOf(rule, Map.copyOf(group));
    return new Alert(
        fingerprint,
        fingerprint + "-1",
        rule,
        1,
        Severity.HIGH,
        status,
        NOON,
        Map.copyOf(group),
        NOON,
        status == Status.RESOLVED ? NOON : null,
        5,
        5,
        "1m",
        "5 errors",
        Map.of(),
        Map.of(),
        List.of(),
        null);
  }
}
