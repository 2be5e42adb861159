package io.tocsin.notifier.pipeline;

import io.tocsin.event.Alert.Status;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.event.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link Delivery} to its record on {@code tocsin.deliveries} and back. */
final class DeliveryCodec {

  private DeliveryCodec() {}

  /** {@code episode/receiver}; a receiver's name has no slash, so the key reads back. */
  static String key(String episode, String receiver) {
    return episode + "/" + receiver;
  }

  static byte[] keyBytes(Delivery delivery) {
    return key(delivery.episode(), delivery.receiver()).getBytes(StandardCharsets.UTF_8);
  }

  static byte[] encode(Delivery delivery) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("episode", delivery.episode());
    map.put("receiver", delivery.receiver());
    map.put("status", lower(delivery.status()));
    map.put("state", lower(delivery.state()));
    map.put("opened", delivery.opened());
    map.put("at", Timestamps.format(delivery.at()));
    map.put("firstTriedAt", Timestamps.format(delivery.firstTriedAt()));
    if (delivery.reason() != null) {
      map.put("reason", delivery.reason());
    }
    if (delivery.reference() != null) {
      map.put("reference", delivery.reference());
    }
    Told told = delivery.told();
    if (told != null) {
      map.put("told", encode(told));
    }
    return EventCodec.encodeObject(map);
  }

  private static Map<String, @Nullable Object> encode(Told told) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("alert", told.alert());
    map.put("partition", told.partition());
    map.put("at", Timestamps.format(told.at()));
    map.put("repetitions", told.repetitions());
    map.put("careOf", told.careOf());
    return map;
  }

  /**
   * Reads an entry.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Delivery decode(byte[] json) {
    try {
      Map<String, @Nullable Object> map = EventCodec.decodeObject(json);
      return new Delivery(
          text(map, "episode"),
          text(map, "receiver"),
          Status.valueOf(text(map, "status").toUpperCase(Locale.ROOT)),
          Delivery.State.valueOf(text(map, "state").toUpperCase(Locale.ROOT)),
          Boolean.TRUE.equals(map.get("opened")),
          time(map, "at"),
          time(map, "firstTriedAt"),
          (String) map.get("reason"),
          (String) map.get("reference"),
          map.get("told") instanceof Map<?, ?> told ? told(told) : null);
    } catch (MalformedEventException | ClassCastException e) {
      throw new IllegalArgumentException("no entry of a delivery log", e);
    }
  }

  private static Told told(Map<?, ?> object) throws MalformedEventException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    object.forEach((name, value) -> map.put(String.valueOf(name), value));
    Map<String, @Nullable Object> alert = new LinkedHashMap<>();
    ((Map<?, ?>) required(map, "alert")).forEach((k, v) -> alert.put(String.valueOf(k), v));
    return new Told(
        EventCodec.decodeAlert(EventCodec.encodeObject(alert)),
        ((Number) required(map, "partition")).intValue(),
        time(map, "at"),
        ((Number) required(map, "repetitions")).intValue(),
        (String) map.get("careOf"));
  }

  private static Object required(Map<String, @Nullable Object> map, String field) {
    Object value = map.get(field);
    if (value == null) {
      throw new IllegalArgumentException("an entry of the delivery log lacks " + field);
    }
    return value;
  }

  private static String text(Map<String, @Nullable Object> map, String field) {
    if (map.get(field) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("an entry of the delivery log lacks " + field);
  }

  private static Instant time(Map<String, @Nullable Object> map, String field)
      throws MalformedEventException {
    return Timestamps.parse(text(map, field));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
