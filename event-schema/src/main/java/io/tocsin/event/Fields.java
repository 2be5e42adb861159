package io.tocsin.event;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one decoded record; those that no schema names are folded into its meta. */
final class Fields {

  private final Map<String, @Nullable Object> fields;

  private Fields(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  static Fields read(byte[] json) throws MalformedEventException {
    return new Fields(EventCodec.decodeObject(json));
  }

  @Nullable String text(String name) {
    Object value = fields.get(name);
    return value == null ? null : value.toString();
  }

  String textOr(String name, String otherwise) {
    String text = text(name);
    return text == null ? otherwise : text;
  }

  String required(String name) throws MalformedEventException {
    String text = text(name);
    if (text == null || text.isEmpty()) {
      throw new MalformedEventException("no_" + name, "the record has no " + name);
    }
    return text;
  }

  /** The object under {@code name}; for meta, with every field the schema does not know. */
  @SuppressWarnings("unchecked")
  Map<String, @Nullable Object> map(String name) {
    Object own = fields.get(name);
    Map<String, @Nullable Object> map =
        own instanceof Map ? (Map<String, @Nullable Object>) own : new LinkedHashMap<>();
    if (name.equals("meta")) {
      if (own != null && !(own instanceof Map)) {
        map.put("meta", own);
      }
      fields.forEach(
          (field, value) -> {
            if (!Envelope.has(field)) {
              map.putIfAbsent(field, value);
            }
          });
    }
    return map;
  }
}
