package io.tocsin.event.silence;

import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.event.Timestamps;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link Silence} to its record on {@code tocsin.silences} and back. Thread-safe. */
public final class SilenceCodec {

  private SilenceCodec() {}

  /** The record's value. */
  public static byte[] encode(Silence silence) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("id", silence.id());
    map.put("match", silence.match().wanted());
    map.put("startsAt", Timestamps.format(silence.startsAt()));
    Instant expiresAt = silence.expiresAt();
    if (expiresAt != null) {
      map.put("expiresAt", Timestamps.format(expiresAt));
    }
    if (silence.schedule() != null) {
      map.put("schedule", silence.schedule().toString());
    }
    map.put("author", silence.author());
    map.put("reason", silence.reason());
    map.put("createdAt", Timestamps.format(silence.createdAt()));
    return EventCodec.encodeObject(map);
  }

  /**
   * Reads a record; fields that it does not know are passed over.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  public static Silence decode(byte[] json) {
    try {
      Map<String, @Nullable Object> map = EventCodec.decodeObject(json);
      String schedule = (String) map.get("schedule");
      return new Silence(
          text(map, "id"),
          match(map.get("match")),
          Timestamps.parse(text(map, "startsAt")),
          map.get("expiresAt") == null ? null : Timestamps.parse(text(map, "expiresAt")),
          schedule == null ? null : Schedule.parse(schedule),
          text(map, "author"),
          text(map, "reason"),
          Timestamps.parse(text(map, "createdAt")));
    } catch (MalformedEventException | ClassCastException e) {
      throw new IllegalArgumentException("no silence: " + e.getMessage(), e);
    }
  }

  private static AlertMatch match(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> names)) {
      throw new IllegalArgumentException("a silence lacks match");
    }
    Map<String, List<String>> wanted = new LinkedHashMap<>();
    names.forEach(
        (name, values) ->
            wanted.put(
                String.valueOf(name),
                values instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of(String.valueOf(values))));
    return new AlertMatch(wanted);
  }

  private static String text(Map<String, @Nullable Object> map, String field) {
    if (map.get(field) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("a silence lacks " + field);
  }
}
