package io.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.event.Alert;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.event.ack.AcknowledgementCodec;
import io.tocsin.event.silence.Silence;
import io.tocsin.topics.SilencesAdmin;
import io.tocsin.topics.Topics;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Servers.Extension.class)
class SilencesAndAcksTest {

  private static final Instant T = Instant.parse("2026-11-21T10:00:00Z");
  private static RunningConsole console;

  @BeforeAll
  static void start(Servers servers) {
    console = RunningConsole.on(servers, Clock.systemUTC(), "{ hosts: [tocsin.example.org] }");
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void aSilenceIsMadeShownAtItsAlertAndEnded(Servers servers) {
    // Given
    Samples.sendAlert(servers, Samples.alert("to-silence", Alert.Status.FIRING, T));

    // When
    HttpResponse<String> made =
        console.post(
            "/silences",
            """
            {"match": {"rule": "to-*", "service": ["api", "worker"]}, "duration": "2h",
             "author": "ayse", "reason": "new release"}
            """);

    // Then
    assertThat(made.statusCode()).isEqualTo(201);
    JsonNode silence = RunningConsole.parse(made.body());
    String id = silence.get("id").asText();
    assertThat(silence.get("state").asText()).isEqualTo("active");
    Silence written = new SilencesAdmin(servers.kafka()).list().get(id);
    assertThat(written.match()).hasToString("rule=to-*,service=api,service=worker");
    assertThat(Duration.between(written.startsAt(), written.expiresAt()))
        .isEqualTo(Duration.ofHours(2));
    eventually(() -> assertThat(silencedBy("to-silence")).contains(id));
    assertThat(console.json("/silences").toString()).contains(id);

    // When
    HttpResponse<String> ended = console.delete("/silences/" + id);

    // Then
    assertThat(ended.statusCode()).isEqualTo(204);
    eventually(() -> assertThat(silencedBy("to-silence")).doesNotContain(id));
    assertThat(console.json("/silences").toString()).doesNotContain(id);
    assertThat(console.json("/silences?state=expired").toString()).contains(id);
    assertThat(console.delete("/silences/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void aMaintenanceWindowWaitsForItsHours() {
    // When
    HttpResponse<String> made =
        console.post(
            "/silences",
            """
            {"match": {"host": "edge-01"}, "startsAt": "2099-01-01T00:00:00+03:00",
             "schedule": "every sunday 02:00-04:00 Europe/Istanbul", "author": "can",
             "reason": "backup"}
            """);

    // Then
    JsonNode silence = RunningConsole.parse(made.body());
    assertThat(silence.get("state").asText()).isEqualTo("waiting");
    assertThat(silence.get("startsAt").asText()).isEqualTo("2098-12-31T21:00:00.000Z");
    assertThat(silence.has("expiresAt")).isFalse();
    eventually(
        () ->
            assertThat(console.json("/silences?state=waiting").toString())
                .contains(silence.get("id").asText()));
    assertThat(console.json("/silences?state=active").toString())
        .doesNotContain(silence.get("id").asText());
  }

  @Test
  void anAlertIsAcknowledgedForThisEpisodeAndItCanBeTakenBack(Servers servers) throws Exception {
    // Given
    Alert alert = Samples.alert("to-ack", Alert.Status.FIRING, T);
    Samples.sendAlert(servers, alert);
    eventually(() -> assertThat(alert("to-ack").isObject()).isTrue());
    String path = "/alerts/" + alert.fingerprint() + "/ack";

    // When
    HttpResponse<String> made =
        console.post(path, "{\"author\": \"ayse\", \"comment\": \"restarting \\\"api\\\"\"}");

    // Then
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(RunningConsole.parse(made.body()).get("episode").asText())
        .isEqualTo(alert.episode());
    Acknowledgement written =
        AcknowledgementCodec.decode(
            servers.latest(Topics.SILENCES, Acknowledgement.keyOf(alert.episode())).orElseThrow());
    assertThat(written.author()).isEqualTo("ayse");
    assertThat(written.comment()).isEqualTo("restarting \"api\"");
    eventually(
        () -> assertThat(alert("to-ack").at("/acknowledgedBy/author").asText()).isEqualTo("ayse"));

    // When
    HttpResponse<String> back = console.delete(path);

    // Then
    assertThat(back.statusCode()).isEqualTo(204);
    eventually(() -> assertThat(alert("to-ack").has("acknowledgedBy")).isFalse());
    assertThat(servers.latest(Topics.SILENCES, Acknowledgement.keyOf(alert.episode()))).isEmpty();
    assertThat(console.delete(path).statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsOverOrUnknownCannotBeAcknowledged(Servers servers) {
    // Given
    Alert over = Samples.alert("over", Alert.Status.RESOLVED, T);
    Samples.sendAlert(servers, over);
    eventually(() -> assertThat(alert("over").isObject()).isTrue());

    // When
    HttpResponse<String> late =
        console.post("/alerts/" + over.fingerprint() + "/ack", "{\"author\": \"ayse\"}");
    HttpResponse<String> unknown = console.post("/alerts/4711/ack", "{\"author\": \"ayse\"}");

    // Then
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("over since 2026-11-21T10:00:00.000Z");
    assertThat(unknown.statusCode()).isEqualTo(404);
  }

  @Test
  void whoWatchesHearsThatSomethingChanged() {
    try (EventStream stream = new EventStream(console.uri("/stream"))) {
      // When
      console.post(
          "/silences",
          "{\"match\": {\"rule\": \"nothing\"}, \"duration\": \"1m\", \"author\": \"a\", \"reason\": \"r\"}");

      // Then
      stream.await1("silences", data -> true);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no JSON | the body must be a JSON object",
        "[] | the body must be a JSON object",
        "{\"until\": \"2h\"} | 'until' is no field here; known: match, duration, startsAt, expiresAt, schedule, author, reason",
        "{\"match\": {\"rule\": \"a\"}, \"author\": \"a\", \"reason\": \"r\"} | duration: is missing; give a duration such as 2h, or expiresAt, or a schedule",
        "{\"match\": {\"rule\": \"a\"}, \"duration\": \"long\", \"author\": \"a\", \"reason\": \"r\"} | duration: 'long' must be a duration such as 30m, 2h or 7d",
        "{\"match\": {\"rule\": \"a\"}, \"duration\": 5, \"author\": \"a\", \"reason\": \"r\"} | duration: '5' must be text in quotes",
        "{\"match\": {\"rule\": \"a\"}, \"duration\": \"1h\", \"expiresAt\": \"2099-01-01T00:00:00Z\", \"author\": \"a\", \"reason\": \"r\"} | duration and expiresAt do not go together",
        "{\"match\": {\"rule\": \"a\"}, \"expiresAt\": \"tomorrow\", \"author\": \"a\", \"reason\": \"r\"} | expiresAt: 'tomorrow' must be an RFC 3339 time",
        "{\"match\": {\"rule\": \"a\"}, \"expiresAt\": \"2020-01-01T00:00:00Z\", \"author\": \"a\", \"reason\": \"r\"} | expiresAt: '2020-01-01T00:00:00.000Z' must be later than now",
        "{\"match\": \"api\", \"duration\": \"1h\", \"author\": \"a\", \"reason\": \"r\"} | match: 'api' must be an object such as",
        "{\"match\": {}, \"duration\": \"1h\", \"author\": \"a\", \"reason\": \"r\"} | a match needs at least one name=value",
        "{\"match\": {\"severity\": \"loud\"}, \"duration\": \"1h\", \"author\": \"a\", \"reason\": \"r\"} | match severity: 'loud' must be high, medium or low",
        "{\"match\": {\"rule\": {\"x\": 1}}, \"duration\": \"1h\", \"author\": \"a\", \"reason\": \"r\"} | match.rule:",
        "{\"match\": {\"rule\": \"a\"}, \"duration\": \"1h\", \"reason\": \"r\"} | author: is missing; say who asks for it",
        "{\"match\": {\"rule\": \"a\"}, \"duration\": \"1h\", \"author\": \"a\", \"reason\": \" \"} | reason: is missing",
        "{\"match\": {\"rule\": \"a\"}, \"schedule\": \"now and then\", \"author\": \"a\", \"reason\": \"r\"} | now and then",
        "{\"match\": {\"rule\": \"a\"}, \"duration\": \"999999999999w\", \"author\": \"a\", \"reason\": \"r\"} | ",
      })
  void aSilenceThatCannotBeIsRefusedWithTheReason(String body, String error) {
    // When
    HttpResponse<String> answer = console.post("/silences", body);

    // Then
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(RunningConsole.parse(answer.body()).get("error").asText())
        .contains(error == null ? "" : error);
  }

  @Test
  void aBodyWithoutEndIsRefused() {
    assertThat(
            console.post("/silences", "{\"reason\": \"" + "x".repeat(70_000) + "\"}").statusCode())
        .isEqualTo(413);
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, https://evil.example, 403",
    "Origin, null, 403",
    "Origin, http://127.0.0.1:1, 403",
    "Origin, http://localhost, 403",
    "Origin, ://, 403",
    "Sec-Fetch-Site, cross-site, 403",
    "Sec-Fetch-Site, same-site, 403",
    "Content-Type, text/plain, 415",
    "Content-Type, application/x-www-form-urlencoded, 415",
    "Content-Type, multipart/form-data, 415",
  })
  void anotherPageCanChangeNothing(String header, String value, int status) {
    // When
    HttpResponse<String> posted = console.post("/silences", "{}", header, value);
    HttpResponse<String> acked = console.post("/alerts/1/ack", "{}", header, value);

    // Then
    assertThat(posted.statusCode()).isEqualTo(status);
    assertThat(acked.statusCode()).isEqualTo(status);
    if (status == 403) {
      assertThat(console.delete("/silences/x", header, value).statusCode()).isEqualTo(403);
      assertThat(console.delete("/alerts/1/ack", header, value).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void thePageItselfMay() {
    // Given
    String origin = console.uri("").toString();

    // When
    HttpResponse<String> answer =
        console.delete("/silences/x", "Origin", origin, "Sec-Fetch-Site", "same-origin");

    // Then
    assertThat(answer.statusCode()).isEqualTo(404);
  }

  private static JsonNode alert(String rule) {
    for (JsonNode alert : console.json("/alerts?limit=1000").get("alerts")) {
      if (alert.get("rule").asText().equals(rule)) {
        return alert;
      }
    }
    return RunningConsole.parse("null");
  }

  private static String silencedBy(String rule) {
    return alert(rule).path("silencedBy").toString();
  }

  private static void eventually(Runnable check) {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(check::run);
  }
}
