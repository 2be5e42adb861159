package io.tocsin.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Timestamps;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a real charging station and the programs beside it wrote on 2025-12-10, as the indexer's
 * documents. The times are the station's own; it stands in Istanbul.
 */
public final class ChargerData {

  /** A moment after all of it. */
  public static final Instant AFTER = Instant.parse("2025-12-10T12:00:00Z");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final Instant FIRST = Instant.parse("2025-12-10T09:46:40Z");
  private static final Pattern STATUS = Pattern.compile("<STAT;([^<>]*;)>");

  private ChargerData() {}

  /** Indexes all of it. */
  public static void indexInto(Servers servers) {
    servers.index("tocsin-logs-2025.12.10", logs());
    servers.index("tocsin-telemetry-2025.12.10", telemetry());
  }

  /** Log events by id. */
  public static Map<String, String> logs() {
    Map<String, String> documents = new LinkedHashMap<>();
    logs("api", documents);
    logs("esp32", documents);
    logs("system", documents);
    return documents;
  }

  private static void logs(String program, Map<String, String> documents) {
    long offset = 0;
    for (String line : read(program + ".log").split("\n")) {
      String id = "edge-01/" + program + ".log/9f2c/" + offset;
      documents.put(id, event(program, line, id).toString());
      offset += line.getBytes(StandardCharsets.UTF_8).length + 1;
    }
  }

  private static ObjectNode event(String program, String line, String id) {
    ObjectNode meta = (ObjectNode) parse(line);
    ObjectNode event = JSON.createObjectNode();
    LocalDateTime local = LocalDateTime.parse(meta.remove("timestamp").asText());
    event.put("ts", Timestamps.format(local.atZone(ZONE).toInstant()));
    event.put("service", program.equals("api") ? "api" : "charger");
    event.set("level", meta.remove("level"));
    JsonNode type = meta.remove("type");
    event.put("event", type == null ? "" : type.asText());
    event.set("message", meta.remove("message"));
    event.put("host", "edge-01").put("source", program + ".log").put("id", id);
    if (program.equals("esp32")) {
      meta.put("device", "charger-01");
    }
    if (program.equals("api")) {
      meta.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e" + (1000 + id.hashCode() % 7));
    }
    event.set("meta", meta);
    return event;
  }

  /** Measurements of the station every five seconds, and of its host, by id. */
  public static Map<String, String> telemetry() {
    Map<String, String> documents = new LinkedHashMap<>();
    List<MatchResult> frames = STATUS.matcher(read("station-a.capture")).results().toList();
    for (int i = 0; i < frames.size(); i++) {
      Instant ts = FIRST.plusSeconds(5L * i);
      ObjectNode values = JSON.createObjectNode();
      for (String pair : frames.get(i).group(1).split(";")) {
        String[] both = pair.split("=");
        values.put(both[0], Double.parseDouble(both[1]));
      }
      if (i == frames.size() - 1) {
        // The recording holds no fault; the last frame is made one.
        values.put("STATE", 8).put("PB", 2);
      }
      put(documents, "charger-01", "charger", "stat", ts, values, i);
      ObjectNode host = JSON.createObjectNode();
      host.put("cpu_percent", 20 + i % 9).put("memory_percent", 61.4).put("disk_percent", 48);
      host.put("disk_free_bytes", 7_000_000_000L).put("temperature_celsius", 51.5);
      put(documents, "edge-01", "host", "host", ts, host, i);
      ObjectNode probe = JSON.createObjectNode();
      probe.put("ok", i % 11 == 0 ? 0 : 1).put("response_ms", 12.5 + i);
      put(documents, "api", "api", "probe", ts, probe, i);
    }
    return documents;
  }

  private static void put(
      Map<String, String> documents,
      String device,
      String service,
      String kind,
      Instant ts,
      ObjectNode values,
      int sequence) {
    String id = "edge-01/" + device + "/1/" + sequence;
    ObjectNode document = JSON.createObjectNode();
    document.put("ts", Timestamps.format(ts)).put("id", id).put("host", "edge-01");
    document.put("service", service).put("device", device).put("kind", kind);
    document.set("values", values);
    document.putObject("meta");
    documents.put(id, document.toString());
  }

  /** What the rules make of such a day: alerts that fired and are over, and one that is not. */
  public static Map<String, String> alerts() {
    Map<String, String> documents = new LinkedHashMap<>();
    for (int i = 0; i < 6; i++) {
      String rule = i % 2 == 0 ? "api-errors" : "serial-flapping";
      Instant at = FIRST.plusSeconds(300L * i);
      for (Alert.Status status : Alert.Status.values()) {
        if (i < 5 || status == Alert.Status.FIRING) {
          Alert alert = Samples.alert(rule, status, at);
          documents.put(
              rule + "-" + i + "-" + status,
              new String(EventCodec.encode(alert), StandardCharsets.UTF_8));
        }
      }
    }
    return documents;
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String read(String name) {
    try (InputStream in = ChargerData.class.getResourceAsStream("/charger/" + name)) {
      if (in == null) {
        throw new AssertionError(name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
