package io.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.event.Alert;
import io.tocsin.event.Level;
import io.tocsin.event.ServiceHealth;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.Extension.class)
class StreamTest {

  private static final Instant T = Instant.parse("2026-11-21T10:00:00Z");
  private static RunningConsole console;

  @BeforeAll
  static void start(Servers servers) {
    console = RunningConsole.on(servers, Clock.systemUTC(), "{ heartbeat: 200ms, watchers: 3 }");
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void alertsAndHealthChangesArriveAsTheyHappen(Servers servers) {
    try (EventStream stream = new EventStream(console.uri("/stream"))) {
      // When
      Samples.sendAlert(servers, Samples.alert("streamed", Alert.Status.FIRING, T));
      Samples.sendHealth(servers, "streamed", ServiceHealth.Status.FAILED, T);

      // Then
      EventStream.Event alert =
          stream.await1("alert", data -> data.get("rule").asText().equals("streamed"));
      assertThat(alert.data().get("status").asText()).isEqualTo("firing");
      stream.await1("health", data -> data.get("service").asText().equals("streamed"));
      assertThat(stream.response().headers().firstValue("Content-Type"))
          .hasValue("text/event-stream");
    }
  }

  @Test
  void whatHappenedBeforeIsNoNews(Servers servers) {
    // Given
    Samples.sendAlert(servers, Samples.alert("old-news", Alert.Status.FIRING, T));
    try (RunningConsole late = RunningConsole.on(servers);
        EventStream stream = new EventStream(late.uri("/stream"))) {
      // When
      Samples.sendAlert(servers, Samples.alert("fresh-news", Alert.Status.FIRING, T));

      // Then
      stream.await1("alert", data -> data.get("rule").asText().equals("fresh-news"));
      assertThat(stream.events())
          .filteredOn(event -> event.type().equals("alert"))
          .noneMatch(event -> event.data().get("rule").asText().equals("old-news"));
    }
  }

  @Test
  void errorsArriveWithoutTheirMetaAndLesserEventsOnlyCount(Servers servers) {
    try (EventStream stream = new EventStream(console.uri("/stream"))) {
      // When
      Samples.sendLog(servers, "api", Level.INFO, "lesser", "s/1/1/1");
      servers.send(Topics.LOGS, "api", "no JSON at all".getBytes(StandardCharsets.UTF_8));
      Samples.sendLog(servers, "api", Level.CRITICAL, "x".repeat(5_000), "s/1/1/2");
      Samples.sendLog(servers, "api", Level.ERROR, "line one\nline two", "s/1/1/3");

      // Then
      EventStream.Event error =
          stream.await1("log", data -> data.get("id").asText().equals("s/1/1/3"));
      assertThat(error.data().get("message").asText()).isEqualTo("line one\nline two");
      assertThat(error.data().has("meta")).isFalse();
      EventStream.Event clipped =
          stream.await1("log", data -> data.get("id").asText().equals("s/1/1/2"));
      assertThat(clipped.data().get("message").asText()).hasSize(2_001).endsWith("…");
      stream.await1("stats", data -> data.get("logsPerSecond").asDouble() > 0);
      assertThat(stream.events())
          .filteredOn(event -> event.type().equals("log"))
          .noneMatch(event -> event.data().get("message").asText().equals("lesser"));
    }
  }

  @Test
  void aNewcomerFirstGetsTheLatestErrorsAndMeasurements(Servers servers) {
    // Given
    try (EventStream first = new EventStream(console.uri("/stream"))) {
      Samples.sendTelemetry(servers, "station-s", "3920.10");
      Samples.sendLog(servers, "api", Level.ERROR, "seen by the first", "s/1/2/1");
      first.await1("log", data -> data.get("id").asText().equals("s/1/2/1"));
      first.await1("telemetry", data -> data.get("device").asText().equals("station-s"));

      // When
      try (EventStream second = new EventStream(console.uri("/stream"))) {
        // Then
        second.await1("log", data -> data.get("id").asText().equals("s/1/2/1"));
        EventStream.Event measured =
            second.await1("telemetry", data -> data.get("device").asText().equals("station-s"));
        assertThat(measured.data().at("/values/CPV").decimalValue())
            .isEqualByComparingTo("3920.10");
      }
    }
  }

  @Test
  void silenceIsBrokenByAHeartbeat() {
    try (EventStream stream = new EventStream(console.uri("/stream"))) {
      await().atMost(Duration.ofSeconds(60)).until(() -> stream.comments().contains("heartbeat"));
    }
  }

  @Test
  void clientsThatLeaveFreeTheirPlaceAndTooManyAreTurnedAway() {
    // Given
    await().atMost(Duration.ofSeconds(60)).until(() -> clients() == 0);
    EventStream one = new EventStream(console.uri("/stream"));
    EventStream two = new EventStream(console.uri("/stream"));
    EventStream three = new EventStream(console.uri("/stream"));
    assertThat(clients()).isEqualTo(3);

    // When
    try (EventStream fourth = new EventStream(console.uri("/stream"))) {
      assertThat(fourth.response().statusCode()).isEqualTo(503);
    }
    one.close();
    two.close();
    three.close();

    // Then
    await().atMost(Duration.ofSeconds(60)).until(() -> clients() == 0);
  }

  @Test
  void closingTheConsoleEndsItsStreams(Servers servers) {
    // Given
    RunningConsole closing = RunningConsole.on(servers);
    try (EventStream stream = new EventStream(closing.uri("/stream"))) {
      // When
      closing.service().close();

      // Then
      await().atMost(Duration.ofSeconds(60)).until(stream::ended);
    } finally {
      closing.close();
    }
  }

  private static double clients() {
    return console.metric("tocsin_console_stream_clients");
  }
}
