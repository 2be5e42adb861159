package io.tocsin.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden files are the wire contract: other programs write and read these very bytes. */
class EventCodecTest {

  @Test
  void logEventsReadAndWriteTheGoldenBytes() throws Exception {
    // Given
    String golden = golden("log-event.json");
    // When
    LogEvent event = EventCodec.decodeLog(golden.getBytes(UTF_8));
    // Then
    assertThat(new String(EventCodec.encode(event), UTF_8)).isEqualTo(golden);
    assertThat(event.level()).isEqualTo(Level.ERROR);
    assertThat(event.meta()).containsEntry("user_id", null);
  }

  @Test
  void telemetryKeepsDecimalsExactly() throws Exception {
    // Given
    String golden = golden("telemetry.json");
    // When
    Telemetry telemetry = EventCodec.decodeTelemetry(golden.getBytes(UTF_8));
    // Then
    assertThat(telemetry.values()).containsEntry("CPV", new BigDecimal("3920.10"));
    assertThat(new String(EventCodec.encode(telemetry), UTF_8)).isEqualTo(golden);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":[],\"b\":{},\"c\":[{},[null,true,false]],\"d\":null}",
        "{\"a\":1,\"b\":-2147483649,\"c\":92233720368547758070,\"d\":1.50,\"e\":1e-7}",
        "{\"a\":1,\"b\":2,\"a\":{\"x\":\"\u00e4\\u00e4\\n\",\"x\":[1,\"\"]}}",
      })
  void anObjectReadsAsTheMapperReadsIt(String json) throws Exception {
    Map<String, Object> read = EventCodec.decodeObject(json.getBytes(UTF_8));
    assertThat(read).isEqualTo(Json.MAPPER.readValue(json, LinkedHashMap.class));
    assertThat(EventCodec.encodeObject(read))
        .isEqualTo(Json.MAPPER.writeValueAsBytes(Json.MAPPER.readValue(json, LinkedHashMap.class)));
  }

  @ParameterizedTest
  @CsvSource({"[,]", "'{\"a\":',}"})
  void whatIsNestedDeeplyIsReadAndWrittenOnASmallStackOrRefused(String open, String close)
      throws Exception {
    byte[] deepest = nested(EventCodec.MAX_DEPTH, open, close);
    FutureTask<byte[]> passing =
        new FutureTask<>(() -> EventCodec.encodeObject(EventCodec.decodeObject(deepest)));
    new Thread(null, passing, "small", 400 << 10).start();
    assertThat(passing.get()).isEqualTo(deepest);
    assertThatThrownBy(() -> EventCodec.decodeObject(nested(EventCodec.MAX_DEPTH + 1, open, close)))
        .isInstanceOfSatisfying(
            MalformedEventException.class, e -> assertThat(e.reason()).isEqualTo("not_json"));
  }

  private static byte[] nested(int depth, String open, String close) {
    int within = depth - 1;
    return ("{\"x\":" + open.repeat(within) + 1 + close.repeat(within) + "}").getBytes(UTF_8);
  }

  @Test
  void alertsReadAndWriteTheGoldenBytes() throws Exception {
    String golden = golden("alert.json");
    Alert alert = EventCodec.decodeAlert(golden.getBytes(UTF_8));
    assertThat(new String(EventCodec.encode(alert), UTF_8)).isEqualTo(golden);
    assertThat(alert.endsAt()).isNull();
  }

  @Test
  void healthReadsAndWritesTheGoldenBytes() throws Exception {
    String golden = golden("health.json");
    ServiceHealth health = EventCodec.decodeHealth(golden.getBytes(UTF_8));
    assertThat(new String(EventCodec.encode(health), UTF_8)).isEqualTo(golden);
  }

  @Test
  void deadLettersKeepTheOriginalBytes() throws Exception {
    String golden = golden("dead-letter.json");
    DeadLetter letter = EventCodec.decodeDeadLetter(golden.getBytes(UTF_8));
    assertThat(letter.bytes()).isEqualTo("{not json\0\u00ff".getBytes("ISO-8859-1"));
    assertThat(new String(EventCodec.encode(letter), UTF_8)).isEqualTo(golden);
  }

  @Test
  void whatAForeignProducerAddsIsKeptInMeta() throws Exception {
    // Given a record with only the six fields, an alias for the level, and two fields more
    String json =
        "{\"ts\":\"2025-12-10T12:46:41.565259+03:00\",\"service\":\"api\",\"level\":\"warn\","
            + "\"message\":\"m\",\"meta\":{\"a\":1},\"trace_id\":\"t\",\"a\":2}";
    // When
    LogEvent event = EventCodec.decodeLog(json.getBytes(UTF_8));
    // Then
    assertThat(event.level()).isEqualTo(Level.WARNING);
    assertThat(event.event()).isEmpty();
    assertThat(event.meta()).isEqualTo(Map.of("a", 1, "trace_id", "t"));
    assertThat(Timestamps.format(event.ts())).isEqualTo("2025-12-10T09:46:41.565Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"ts\":                                                    | not_json",
        "{} {}                                                       | not_json",
        "[1]                                                         | not_object",
        "{\"service\":\"a\",\"level\":\"INFO\"}                      | no_ts",
        "{\"ts\":\"yesterday\",\"service\":\"a\",\"level\":\"INFO\"} | bad_ts",
        "{\"ts\":\"2025-01-01T00:00:00Z\",\"level\":\"INFO\"}        | no_service",
        "{\"ts\":\"2025-01-01T00:00:00Z\",\"service\":\"a\"}         | bad_level",
      })
  void whatIsNoEventIsRefusedWithAReasonToCountBy(String json, String reason) {
    assertThatThrownBy(() -> EventCodec.decodeLog(json.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            MalformedEventException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "[]", "7", "{\"rule\":\"a\",\"status\":\"firing\"}"})
  void halfAnAlertOrHealthIsRefused(String json) {
    assertThatThrownBy(() -> EventCodec.decodeAlert(json.getBytes(UTF_8)))
        .isInstanceOf(MalformedEventException.class);
    assertThatThrownBy(() -> EventCodec.decodeHealth(json.getBytes(UTF_8)))
        .isInstanceOf(MalformedEventException.class);
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = EventCodecTest.class.getResourceAsStream("/golden/" + name)) {
      return new String(in.readAllBytes(), UTF_8).strip();
    }
  }
}
