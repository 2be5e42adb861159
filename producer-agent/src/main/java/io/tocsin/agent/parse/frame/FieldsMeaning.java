package io.tocsin.agent.parse.frame;

import io.tocsin.event.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What named fields mean: a measurement of a kind, or a message when its fields are named. */
record FieldsMeaning(String kind, @Nullable MessageFields message) {

  ParsedFrame of(Map<String, @Nullable Object> fields) {
    return message == null ? measurement(fields) : message(fields, message);
  }

  private ParsedFrame measurement(Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    Map<String, @Nullable Object> meta = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          switch (value) {
            case Number number -> values.put(name, number);
            case String text -> values.put(name, text);
            case Boolean flag -> values.put(name, flag.toString());
            case null, default -> meta.put(name, value);
          }
        });
    return new ParsedFrame.Measurement(kind, values, meta);
  }

  private static ParsedFrame message(Map<String, @Nullable Object> fields, MessageFields names) {
    Map<String, @Nullable Object> meta = new LinkedHashMap<>(fields);
    String level = text(meta.remove(names.level()));
    String event = text(meta.remove(names.event()));
    String message = text(meta.remove(names.message()));
    return new ParsedFrame.Message(
        Level.of(level).orElse(Level.INFO), event.isEmpty() ? "frame" : event, message, meta);
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
