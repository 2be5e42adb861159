package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifierPreviewTest extends NotifierFileTestCase {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ops-slack | POST (secret from file                  | blocks",
        "ops-bot   | POST https://slack.com/api/chat.postMessage | Authorization: Bearer (secret from file",
        "on-call   | POST https://events.pagerduty.com       | \"event_action\":\"trigger\"",
        "support   | smtp.example.com:587 (starttls)         | Subject: [firing] high r",
        "night     | POST https://api.telegram.org/bot(secret | reply_parameters",
        "restart   | POST http://127.0.0.1:1/units/api       | Authorization: (secret from file",
        "screen    | FIRING   high  r                        | seven errors",
      })
  void whatWouldBeSentIsPrintedWithoutItsSecrets(String receiver, String head, String part)
      throws IOException {
    // When
    Invocation preview = preview(receiver, alert(Alert.Status.FIRING));
    // Then
    assertThat(preview.status()).as(preview.err()).isZero();
    assertThat(preview.out()).startsWith(head).doesNotContain(KEY);
    if (!receiver.equals("night")) {
      assertThat(preview.out()).contains(part);
    }
  }

  @Test
  void aResolveByABotIsShownAsTheUpdateThatItIs() throws IOException {
    // When
    Invocation preview = preview("ops-bot", alert(Alert.Status.RESOLVED));
    // Then
    assertThat(preview.out())
        .startsWith("POST https://slack.com/api/chat.update")
        .contains("\"ts\":\"1700000000.000100\"", "resolved")
        .doesNotContain(KEY);
  }

  @Test
  void theOperatorsOwnWordsStandForTheSummary() throws IOException {
    // Given
    String worded =
        """
        receivers:
          on-call:
            pagerduty:
              routing-key: { file: FOLDER/key }
              text: "{{value}} of {{group.service}}, see {{label.page}}!"
        """;
    config = file("worded.yaml", filled(worded, 1));
    // When
    Invocation preview = preview("on-call", alert(Alert.Status.RESOLVED), "--brief");
    // Then
    assertThat(preview.status()).as(preview.err()).isZero();
    assertThat(preview.out()).contains("7 of api, see !").doesNotContain("seven errors");
  }

  @Test
  void aLineForAFileIsShownAndNotWritten() throws IOException {
    // Given
    Path path = folder.resolve("alerts.ndjson");
    config = file("file.yaml", "receivers: { audit: { file: { path: " + path + " } } }\n");
    // When
    Invocation preview = preview("audit", alert(Alert.Status.FIRING));
    // Then
    assertThat(preview.status()).as(preview.err()).isZero();
    assertThat(preview.out()).startsWith(path.toString()).contains("\"kind\":\"firing\"");
    assertThat(path).doesNotExist();
  }

  @Test
  void aReceiverThatIsLeftOutIsSaidToBe() throws IOException {
    // Given
    String optional =
        """
        receivers:
          screen: { terminal: {} }
          on-call: { if-set: { pagerduty: { routing-key: { env: TOCSIN_NOT_SET } } } }
        """;
    config = file("optional.yaml", optional);
    // When
    Invocation validate = Invocation.of("notifier", "validate", "--config", config);
    Invocation preview = preview("on-call", alert(Alert.Status.FIRING));
    // Then
    assertThat(validate.out())
        .contains("good, 2 receivers", "on-call is left out here, without TOCSIN_NOT_SET");
    assertThat(preview.status()).isEqualTo(2);
    assertThat(preview.err()).contains("on-call is left out: TOCSIN_NOT_SET not set");
  }

  @Test
  void whatWasOverBeforeItCouldBeToldIsTwoCallsToPagerDuty() throws IOException {
    // When
    Invocation preview = preview("on-call", alert(Alert.Status.RESOLVED), "--brief");
    // Then
    assertThat(preview.out()).contains("\"trigger\"", "\"resolve\"");
  }

  @Test
  void whatAWebhookLeavesOutIsSaid() throws IOException {
    // When
    Invocation preview = preview("restart", alert(Alert.Status.RESOLVED));
    // Then
    assertThat(preview.out()).contains("restart is told nothing of this kind: resolved");
  }

  @Test
  void aReceiverThatIsNotThereIsToldWithThoseThatAre() throws IOException {
    // When
    Invocation preview = preview("nobody", alert(Alert.Status.FIRING));
    // Then
    assertThat(preview.status()).isEqualTo(2);
    assertThat(preview.err())
        .contains("nobody is no receiver", "night, on-call, ops-bot, ops-slack");
  }

  @Test
  void whatIsNoAlertIsRefused() throws IOException {
    // When
    Invocation preview = preview("screen", file("alert.json", "{\"rule\": 1}"));
    // Then
    assertThat(preview.status()).isEqualTo(2);
    assertThat(preview.err()).contains("alert.json holds no alert").doesNotContain("at java.");
  }

  private Invocation preview(String receiver, String alert, String... more) {
    List<String> line =
        new ArrayList<>(List.of("notifier", "preview", "--config", config, "--receiver", receiver));
    line.addAll(List.of("--alert", alert));
    line.addAll(List.of(more));
    return Invocation.of(line.toArray(String[]::new));
  }

  private String alert(Alert.Status status) throws IOException {
    Instant start = Instant.parse("2025-12-10T12:00:04Z");
    boolean over = status == Alert.Status.RESOLVED;
    Alert alert =
        new Alert(
            "f",
            "f@1",
            "r",
            1,
            Alert.Severity.HIGH,
            status,
            start,
            Map.of("service", "api"),
            start,
            over ? start.plusSeconds(60) : null,
            7,
            5,
            "1m",
            "seven errors",
            Map.of(),
            Map.of(),
            List.of(),
            null);
    Path file = folder.resolve("alert.json");
    Files.write(file, EventCodec.encode(alert));
    return file.toString();
  }
}
