package io.tocsin.alerting;

import io.tocsin.alerting.topology.Reset;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.event.Timestamps;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reset as it stands on {@code tocsin.rules}, under a key that no rule can have: {@code
 * reset:RULE}, with the group behind it when it is of one.
 */
final class ResetRecord {

  private static final String PREFIX = "reset:";

  private ResetRecord() {}

  static boolean isKey(String key) {
    return key.startsWith(PREFIX);
  }

  /** A reset of its own, of a rule or of the groups with these values. */
  static Reset of(String rule, Map<String, String> group, String by) {
    StringBuilder key = new StringBuilder(PREFIX).append(rule);
    new TreeMap<>(group).forEach((k, v) -> key.append(' ').append(k).append('=').append(v));
    return new Reset(key.toString(), UUID.randomUUID().toString(), rule, group, by);
  }

  static byte[] encode(Reset reset, Instant at) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("id", reset.id());
    map.put("rule", reset.rule());
    map.put("group", new TreeMap<>(reset.group()));
    map.put("by", reset.by());
    map.put("at", Timestamps.format(at));
    return EventCodec.encodeObject(map);
  }

  /**
   * Reads a record.
   *
   * @throws IllegalArgumentException when it is no reset
   */
  static Reset decode(String key, byte[] json) {
    try {
      Map<String, @Nullable Object> map = EventCodec.decodeObject(json);
      Map<String, String> group = new LinkedHashMap<>();
      if (map.get("group") instanceof Map<?, ?> fields) {
        fields.forEach((field, value) -> group.put(String.valueOf(field), String.valueOf(value)));
      }
      return new Reset(key, text(map, "id"), text(map, "rule"), group, text(map, "by"));
    } catch (MalformedEventException e) {
      throw new IllegalArgumentException("no reset: " + e.getMessage(), e);
    }
  }

  private static String text(Map<String, @Nullable Object> map, String field) {
    if (map.get(field) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("a reset lacks " + field);
  }
}
