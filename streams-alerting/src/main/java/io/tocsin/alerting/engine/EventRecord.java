package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.FieldPath;
import io.tocsin.alerting.rule.Origin;
import io.tocsin.event.Envelope;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.MalformedEventException;
import io.tocsin.event.Telemetry;
import io.tocsin.event.Timestamps;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record as rules see it. Immutable, as long as nobody changes the maps within.
 *
 * @param origin the stream it came from
 * @param id its source identity; null for a record without one, which is never a duplicate
 * @param ts its event time, in whole milliseconds
 * @param fields the whole record by field name; a level that is known stands as {@link Level}
 */
public record EventRecord(
    Origin origin, @Nullable String id, Instant ts, Map<String, @Nullable Object> fields) {

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  /** Times outside the years 1 to 9999 are moved to their ends, so that sums of times stay sums. */
  public EventRecord {
    if (ts.isBefore(EARLIEST)) {
      ts = EARLIEST;
    } else if (ts.isAfter(LATEST)) {
      ts = LATEST;
    } else {
      ts = ts.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /** A log event. */
  public static EventRecord of(LogEvent event) {
    return new EventRecord(Origin.LOGS, event.id(), event.ts(), new SchemaFields.OfLog(event));
  }

  /** A measurement. */
  public static EventRecord of(Telemetry telemetry) {
    return new EventRecord(
        Origin.TELEMETRY, telemetry.id(), telemetry.ts(), new SchemaFields.OfTelemetry(telemetry));
  }

  /**
   * A record as decoded from JSON, for tests and back-tests. It is telemetry when it has {@code
   * values}, or a {@code device} and no {@code level}; else a log event. Only {@code ts} must be
   * there. What it says beyond that reads as it would from Kafka.
   *
   * @throws MalformedEventException when {@code ts} is missing or no time
   */
  public static EventRecord of(Map<String, ? extends @Nullable Object> json)
      throws MalformedEventException {
    Object ts = json.get("ts");
    Instant at = Timestamps.parse(ts == null ? "" : ts.toString());
    Map<String, @Nullable Object> fields = folded(json);
    Object level = json.get("level");
    if (level != null) {
      Level.of(level.toString()).ifPresent(known -> fields.put("level", known));
    }
    Object id = json.get("id");
    return new EventRecord(originOf(json), id == null ? null : id.toString(), at, fields);
  }

  /** The fields with those of no schema in {@code meta}. */
  private static Map<String, @Nullable Object> folded(
      Map<String, ? extends @Nullable Object> json) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    Map<String, @Nullable Object> meta = new LinkedHashMap<>();
    if (json.get("meta") instanceof Map<?, ?> own) {
      own.forEach((name, value) -> meta.put(String.valueOf(name), value));
    }
    json.forEach(
        (name, value) -> {
          if (Envelope.has(name)) {
            fields.put(name, value);
          } else {
            meta.putIfAbsent(name, value);
          }
        });
    fields.put("meta", meta);
    if (originOf(json) == Origin.LOGS) {
      fields.putIfAbsent("event", "");
      fields.putIfAbsent("message", "");
    }
    return fields;
  }

  /** The event time in milliseconds since 1970. */
  long millis() {
    return ts.toEpochMilli();
  }

  /** The value under a path; null when there is none. */
  public @Nullable Object field(FieldPath path) {
    return path.in(fields);
  }

  /** The value under a dotted path; null when there is none. */
  public @Nullable Object field(String path) {
    return field(FieldPath.of(path));
  }

  private static Origin originOf(Map<String, ?> json) {
    boolean measured =
        json.get("values") instanceof Map
            || (json.get("device") != null && json.get("level") == null);
    return measured ? Origin.TELEMETRY : Origin.LOGS;
  }
}
