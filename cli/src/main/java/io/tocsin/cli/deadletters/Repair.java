package io.tocsin.cli.deadletters;

import io.tocsin.bootstrap.UserError;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.event.Timestamps;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One change to a record, made to its JSON object before it is sent back. */
sealed interface Repair {

  /** A field's path: {@code meta.code} is the field {@code code} of the object {@code meta}. */
  String field();

  /** Changes the object in place. */
  void apply(Map<String, @Nullable Object> object) throws UnrepairableException;

  /** What a value can be made. */
  enum Type {
    TEXT,
    NUMBER,
    BOOLEAN,
    /** RFC 3339, of text or of seconds or milliseconds since 1970. */
    TIME
  }

  /** Puts a value there, whatever was there before. */
  record SetField(String field, @Nullable Object value) implements Repair {
    @Override
    public void apply(Map<String, @Nullable Object> object) throws UnrepairableException {
      Place.of(object, field, true).put(value);
    }
  }

  /** Makes the value that is there another type; a field that is missing stays missing. */
  record ChangeType(String field, Type type) implements Repair {
    @Override
    public void apply(Map<String, @Nullable Object> object) throws UnrepairableException {
      Place place = Place.of(object, field, false);
      if (place.get() != null) {
        place.put(converted(place.get()));
      }
    }

    private Object converted(@Nullable Object value) throws UnrepairableException {
      String text = String.valueOf(value).strip();
      try {
        return switch (type) {
          case TEXT -> value instanceof String ? value : text;
          case NUMBER -> new BigDecimal(text);
          case BOOLEAN -> bool(text);
          case TIME -> Timestamps.format(time(text));
        };
      } catch (NumberFormatException | ArithmeticException | MalformedEventException e) {
        throw new UnrepairableException(
            field + " is no " + type.name().toLowerCase(Locale.ROOT) + ": " + text);
      }
    }

    private boolean bool(String text) throws UnrepairableException {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true", "1", "yes", "on" -> true;
        case "false", "0", "no", "off" -> false;
        default -> throw new UnrepairableException(field + " is no boolean: " + text);
      };
    }

    /** Seconds since 1970 stay below 10¹¹ until the year 5138; milliseconds passed it in 1973. */
    private static Instant time(String text) throws MalformedEventException {
      if (!text.matches("[0-9.]+")) {
        return Timestamps.parse(text);
      }
      BigDecimal number = new BigDecimal(text);
      boolean seconds = number.compareTo(BigDecimal.valueOf(100_000_000_000L)) < 0;
      return Instant.ofEpochMilli((seconds ? number.movePointRight(3) : number).longValue());
    }
  }

  /** The record is not such that the repair fits. */
  final class UnrepairableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnrepairableException(String message) {
      super(message);
    }
  }

  /** A field within its object. */
  record Place(Map<String, @Nullable Object> object, String name) {

    static Place of(Map<String, @Nullable Object> object, String field, boolean make)
        throws UnrepairableException {
      int dot = field.indexOf('.');
      if (dot < 0 || object.containsKey(field)) {
        return new Place(object, field);
      }
      String first = field.substring(0, dot);
      Object inner = object.get(first);
      if (inner == null && make) {
        inner = new LinkedHashMap<String, @Nullable Object>();
        object.put(first, inner);
      }
      if (inner == null) {
        return new Place(object, field); // which is missing, as what it names is
      }
      if (!(inner instanceof Map)) {
        throw new UnrepairableException(first + " is no object");
      }
      @SuppressWarnings("unchecked")
      Map<String, @Nullable Object> map = (Map<String, @Nullable Object>) inner;
      return of(map, field.substring(dot + 1), make);
    }

    @Nullable Object get() {
      return object.get(name);
    }

    void put(@Nullable Object value) {
      object.put(name, value);
    }
  }

  /**
   * Reads {@code FIELD=VALUE}; a value that is JSON is taken as such, any other as text.
   *
   * @throws UserError when there is no field
   */
  static Repair set(String text) {
    String[] parts = parts("--set", text);
    try {
      byte[] json = ("{\"v\":" + parts[1] + "}").getBytes(StandardCharsets.UTF_8);
      Map<String, @Nullable Object> read = EventCodec.decodeObject(json);
      return new SetField(parts[0], read.size() == 1 ? read.get("v") : parts[1]);
    } catch (MalformedEventException e) {
      return new SetField(parts[0], parts[1]);
    }
  }

  /**
   * Reads {@code FIELD=TYPE}.
   *
   * @throws UserError when there is no field or no such type
   */
  static Repair type(String text) {
    String[] parts = parts("--type", text);
    try {
      return new ChangeType(parts[0], Type.valueOf(parts[1].toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--type " + text + " names no type", "give FIELD=text, number, boolean or time");
    }
  }

  private static String[] parts(String option, String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new UserError(
          option + " " + text + " names no field", "give " + option + " FIELD=VALUE");
    }
    return new String[] {text.substring(0, equals), text.substring(equals + 1)};
  }

  /**
   * The record with all repairs made; the very same bytes when there are none.
   *
   * @throws UnrepairableException when it is no JSON object, or a repair does not fit
   */
  static byte[] all(List<Repair> repairs, byte[] record) throws UnrepairableException {
    if (repairs.isEmpty()) {
      return record;
    }
    try {
      Map<String, @Nullable Object> object = EventCodec.decodeObject(record);
      for (Repair repair : repairs) {
        repair.apply(object);
      }
      return EventCodec.encodeObject(object);
    } catch (MalformedEventException e) {
      throw new UnrepairableException("it is no JSON object");
    }
  }
}
