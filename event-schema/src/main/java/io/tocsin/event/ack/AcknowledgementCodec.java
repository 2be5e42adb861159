package io.tocsin.event.ack;

import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.event.Timestamps;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link Acknowledgement} to its record on {@code tocsin.silences} and back. Thread-safe. */
public final class AcknowledgementCodec {

  private AcknowledgementCodec() {}

  /** The record's value. */
  public static byte[] encode(Acknowledgement acknowledgement) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("episode", acknowledgement.episode());
    map.put("author", acknowledgement.author());
    map.put("comment", acknowledgement.comment());
    map.put("createdAt", Timestamps.format(acknowledgement.createdAt()));
    return EventCodec.encodeObject(map);
  }

  /**
   * Reads a record; fields that it does not know are passed over.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  public static Acknowledgement decode(byte[] json) {
    try {
      Map<String, @Nullable Object> map = EventCodec.decodeObject(json);
      return new Acknowledgement(
          text(map, "episode"),
          text(map, "author"),
          map.get("comment") == null ? "" : text(map, "comment"),
          Timestamps.parse(text(map, "createdAt")));
    } catch (MalformedEventException e) {
      throw new IllegalArgumentException("no acknowledgement: " + e.getMessage(), e);
    }
  }

  private static String text(Map<String, @Nullable Object> map, String field) {
    if (map.get(field) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("an acknowledgement lacks " + field);
  }
}
