package io.tocsin.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events to JSON and back. Thread-safe.
 *
 * <p>Reading is lenient where a foreign producer may be: fields that the schema does not know go to
 * {@code meta}, level aliases are understood, {@code event} and {@code message} may be missing. It
 * is strict where a guess would be a lie: there must be a {@code ts}, a {@code service} and a
 * level.
 */
public final class EventCodec {

  /**
   * What is nested more often is no record: to write it would take more stack than the threads of
   * an edge have.
   */
  public static final int MAX_DEPTH = 200;

  private EventCodec() {}

  /** The record's value for {@code tocsin.logs}. */
  public static byte[] encode(LogEvent event) {
    return write(
        (out, bytes) -> {
          out.writeStringField("ts", Timestamps.format(event.ts()));
          out.writeStringField("service", event.service());
          out.writeStringField("level", event.level().name());
          out.writeStringField("event", event.event());
          out.writeStringField("message", event.message());
          writeMeta(out, bytes, event.meta());
          writeText(out, "host", event.host());
          writeText(out, "source", event.source());
          writeText(out, "id", event.id());
        });
  }

  /** The record's value for {@code tocsin.telemetry}. */
  public static byte[] encode(Telemetry telemetry) {
    return write(
        (out, bytes) -> {
          out.writeStringField("ts", Timestamps.format(telemetry.ts()));
          writeText(out, "id", telemetry.id());
          writeText(out, "host", telemetry.host());
          out.writeStringField("service", telemetry.service());
          out.writeStringField("device", telemetry.device());
          out.writeStringField("kind", telemetry.kind());
          writeMap(out, "values", telemetry.values());
          writeMap(out, "meta", telemetry.meta());
        });
  }

  /** The record's value for {@code tocsin.alerts} and {@code tocsin.alert-state}. */
  public static byte[] encode(Alert alert) {
    return bind(alert);
  }

  /** The record's value for {@code tocsin.health}. */
  public static byte[] encode(ServiceHealth health) {
    return bind(health);
  }

  /** The record's value for {@code tocsin.dead-letters}; the original bytes stand in base64. */
  public static byte[] encode(DeadLetter letter) {
    return bind(letter);
  }

  /**
   * Reads a record of {@code tocsin.logs}.
   *
   * @throws MalformedEventException with a reason to count and a text to read
   */
  public static LogEvent decodeLog(byte[] json) throws MalformedEventException {
    Fields fields = Fields.read(json);
    String level = fields.text("level");
    return new LogEvent(
        Timestamps.parse(fields.required("ts")),
        fields.required("service"),
        Level.of(level == null ? "" : level)
            .orElseThrow(
                () -> new MalformedEventException("bad_level", "level is unknown: " + level)),
        fields.textOr("event", ""),
        fields.textOr("message", ""),
        fields.map("meta"),
        fields.text("host"),
        fields.text("source"),
        fields.text("id"));
  }

  /**
   * Reads a record of {@code tocsin.telemetry}.
   *
   * @throws MalformedEventException with a reason to count and a text to read
   */
  public static Telemetry decodeTelemetry(byte[] json) throws MalformedEventException {
    Fields fields = Fields.read(json);
    return new Telemetry(
        Timestamps.parse(fields.required("ts")),
        fields.required("service"),
        fields.required("device"),
        fields.textOr("kind", "stat"),
        fields.map("values"),
        fields.map("meta"),
        fields.text("host"),
        fields.text("id"));
  }

  /** Reads a record of {@code tocsin.alerts} or {@code tocsin.alert-state}. */
  public static Alert decodeAlert(byte[] json) throws MalformedEventException {
    return unbind(json, Alert.class);
  }

  /** Reads a record of {@code tocsin.health}. */
  public static ServiceHealth decodeHealth(byte[] json) throws MalformedEventException {
    return unbind(json, ServiceHealth.class);
  }

  /** Reads a record of {@code tocsin.dead-letters}. */
  public static DeadLetter decodeDeadLetter(byte[] json) throws MalformedEventException {
    return unbind(json, DeadLetter.class);
  }

  /**
   * Any JSON object as a map in its own order: decimals as BigDecimal, the rest as {@link LogEvent}
   * says.
   *
   * @throws MalformedEventException {@code not_json} or {@code not_object}
   */
  public static Map<String, @Nullable Object> decodeObject(byte[] json)
      throws MalformedEventException {
    return decodeObject(json, 0, json.length);
  }

  /**
   * The same of a part of a buffer, which is not kept.
   *
   * @throws MalformedEventException {@code not_json} or {@code not_object}
   */
  public static Map<String, @Nullable Object> decodeObject(byte[] buffer, int from, int length)
      throws MalformedEventException {
    try (JsonParser in = Json.MAPPER.createParser(buffer, from, length)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedEventException("not_object", "the record is no JSON object");
      }
      Map<String, @Nullable Object> map = readObject(in);
      if (in.nextToken() != null) {
        throw new MalformedEventException("not_json", "something follows the JSON object");
      }
      return map;
    } catch (JsonProcessingException e) {
      throw new MalformedEventException("not_json", e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("reading bytes in memory", e);
    }
  }

  /** What the mapper would make of it, at less than its price; the parser bounds the depth. */
  private static Map<String, @Nullable Object> readObject(JsonParser in) throws IOException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      map.put(name, readValue(in, in.nextToken()));
    }
    return map;
  }

  private static List<@Nullable Object> readList(JsonParser in) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
      list.add(readValue(in, token));
    }
    return list;
  }

  private static @Nullable Object readValue(JsonParser in, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT -> in.getNumberValue();
      case VALUE_NUMBER_FLOAT -> in.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case START_OBJECT -> readObject(in);
      case START_ARRAY -> readList(in);
      default -> null;
    };
  }

  /** A JSON object's bytes, in the map's order. */
  public static byte[] encodeObject(Map<String, ? extends @Nullable Object> object) {
    return bind(object);
  }

  private interface Body {
    /** Writes fields; what goes into {@code bytes} itself must come after a flush of the other. */
    void write(JsonGenerator out, ByteArrayBuilder bytes) throws IOException;
  }

  private static byte[] write(Body body) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(512);
        JsonGenerator out = Json.MAPPER.createGenerator(bytes)) {
      out.writeStartObject();
      body.write(out, bytes);
      out.writeEndObject();
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing JSON in memory", e);
    }
  }

  private static void writeText(JsonGenerator out, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      out.writeStringField(name, value);
    }
  }

  /** What was read as JSON and not looked at goes out as it is. */
  private static void writeMeta(
      JsonGenerator out, ByteArrayBuilder bytes, Map<String, @Nullable Object> meta)
      throws IOException {
    if (meta instanceof RawObject raw && raw.isUnchanged()) {
      out.writeFieldName("meta");
      out.writeRawValue("");
      out.flush();
      raw.writeTo(bytes);
    } else {
      writeMap(out, "meta", meta);
    }
  }

  private static void writeMap(JsonGenerator out, String name, Map<String, @Nullable Object> map)
      throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, @Nullable Object> entry : map.entrySet()) {
      out.writeFieldName(entry.getKey());
      writeValue(out, entry.getValue());
    }
    out.writeEndObject();
  }

  /** What most values are goes straight out; the mapper would look up how for each. */
  private static void writeValue(JsonGenerator out, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeNull();
      case String text -> out.writeString(text);
      case Boolean truth -> out.writeBoolean(truth);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case BigDecimal number -> out.writeNumber(number);
      default -> Json.MAPPER.writeValue(out, value);
    }
  }

  private static byte[] bind(Object value) {
    try {
      return Json.MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not to be written as JSON: " + value.getClass(), e);
    }
  }

  private static <T> T unbind(byte[] json, Class<T> type) throws MalformedEventException {
    try {
      @Nullable T value = Json.MAPPER.readValue(json, type);
      if (value == null) {
        throw new MalformedEventException("not_" + type.getSimpleName(), "the record is null");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new MalformedEventException("not_" + type.getSimpleName(), e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("reading bytes in memory", e);
    }
  }
}
