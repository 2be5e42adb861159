package io.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Servers.Extension.class)
class TelemetryAndHistoryTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static RunningConsole console;

  @BeforeAll
  static void indexDocuments(Servers servers) {
    Map<String, String> telemetry = new LinkedHashMap<>();
    telemetry.put("t1", measured("t1", "11:58:00", "station-a", "stat", "charger"));
    telemetry.put("t2", measured("t2", "11:59:00", "station-b", "stat", "charger"));
    telemetry.put("t3", measured("t3", "11:30:00", "station-a", "stat", "charger"));
    telemetry.put("t4", measured("t4", "11:59:30", "edge-01", "host", "host"));
    servers.index("tocsin-telemetry-2026.11.21", telemetry);
    Map<String, String> alerts = new LinkedHashMap<>();
    put(alerts, Samples.alert("first", Alert.Status.FIRING, NOW.minusSeconds(300)));
    put(alerts, Samples.alert("first", Alert.Status.RESOLVED, NOW.minusSeconds(200)));
    put(alerts, Samples.alert("second", Alert.Status.FIRING, NOW.minusSeconds(100)));
    put(alerts, Samples.alert("old", Alert.Status.FIRING, NOW.minusSeconds(8 * 86_400)));
    servers.index("tocsin-alerts-2026.11.21", alerts);
    console = RunningConsole.on(servers, Clock.fixed(NOW, ZoneOffset.UTC), "{}");
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'',                              t4 t2 t1",
    "device=station-a,                t1",
    "device=station-a&since=1h,       t1 t3",
    "kind=host,                       t4",
    "service=charger&limit=1,         t2",
    "host=elsewhere,                  ''",
  })
  void telemetryIsFoundByDeviceAndTime(String query, String expected) {
    // When
    JsonNode answer = console.json("/telemetry/recent?" + query);

    // Then
    assertThat(texts(answer.get("telemetry"), "id")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'',                      second:firing first:resolved first:firing",
    "since=9d,                second:firing first:resolved first:firing old:firing",
    "since=4m,                second:firing first:resolved",
    "status=firing,           second:firing first:firing",
    "rule=first&limit=1,      first:resolved",
    "severity=low,            ''",
  })
  void alertHistoryIsFoundByTheTimeOfTheTransition(String query, String expected) {
    // When
    JsonNode answer = console.json("/alerts/history?" + query);

    // Then
    List<String> found = new ArrayList<>();
    answer
        .get("alerts")
        .forEach(one -> found.add(one.get("rule").asText() + ":" + one.get("status").asText()));
    assertThat(String.join(" ", found)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/telemetry/recent?level=ERROR, 'level' is no parameter here",
    "/alerts/history?status=ringing, status: 'ringing' must be firing or resolved",
    "/alerts/history?severity=5, severity: '5' must be high or medium or low",
  })
  void badParametersAreRefused(String path, String error) {
    assertThat(console.get(path).statusCode()).isEqualTo(400);
    assertThat(console.get(path).body()).contains(error);
  }

  private static void put(Map<String, String> documents, Alert alert) {
    documents.put(
        alert.rule() + alert.status(),
        new String(EventCodec.encode(alert), StandardCharsets.UTF_8));
  }

  private static String measured(
      String id, String time, String device, String kind, String service) {
    return """
    {"ts":"2026-11-21T%s.000Z","id":"%s","host":"edge-01","service":"%s","device":"%s","kind":"%s","values":{"CPV":3920},"meta":{}}\
    """
        .formatted(time, id, service, device, kind);
  }

  private static String texts(JsonNode documents, String field) {
    List<String> texts = new ArrayList<>();
    documents.forEach(document -> texts.add(document.get(field).asText()));
    return String.join(" ", texts);
  }
}
