package io.tocsin.alerting.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.Telemetry;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaFieldsTest {

  private static final Instant TS = Instant.parse("2025-12-10T12:46:00Z");

  @Test
  void aLogEventsFieldsAreThoseOfAMap() {
    LogEvent event =
        new LogEvent(TS, "api", Level.ERROR, "slow", "text", Map.of("k", 1), null, "file", "id-1");
    Map<String, Object> same = new HashMap<>();
    same.put("ts", TS);
    same.put("service", "api");
    same.put("level", Level.ERROR);
    same.put("event", "slow");
    same.put("message", "text");
    same.put("meta", Map.of("k", 1));
    same.put("host", null);
    same.put("source", "file");
    same.put("id", "id-1");
    agree(EventRecord.of(event).fields(), same);
  }

  @Test
  void aMeasurementsFieldsAreThoseOfAMap() {
    Telemetry telemetry =
        new Telemetry(TS, "charger", "esp32", "stat", Map.of("STATE", "A"), Map.of(), "pi", null);
    Map<String, Object> same = new HashMap<>();
    same.put("ts", TS);
    same.put("service", "charger");
    same.put("device", "esp32");
    same.put("kind", "stat");
    same.put("values", Map.of("STATE", "A"));
    same.put("meta", Map.of());
    same.put("host", "pi");
    same.put("id", null);
    agree(EventRecord.of(telemetry).fields(), same);
  }

  private static void agree(Map<String, ?> fields, Map<String, ?> same) {
    assertThat(fields).isEqualTo(same).hasSameSizeAs(same);
    same.forEach((name, value) -> assertThat(fields.get(name)).as(name).isEqualTo(value));
    assertThat(fields.keySet()).isEqualTo(same.keySet());
    assertThat(fields.containsKey("host")).isTrue();
    assertThat(fields.containsKey("status")).isFalse();
    assertThat(fields.get("status")).isNull();
  }
}
