package io.tocsin.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A flat JSON object that stays as it was written until somebody changes it: most of what a record
 * holds only passes through. Fields can be looked up and taken out one by one; whoever puts one in,
 * or asks for all, gets the map that a parser makes of it. Not thread-safe.
 */
public final class RawObject extends AbstractMap<String, @Nullable Object> {

  /** A sound object in UTF-8; null once there is a map. */
  private byte @Nullable [] text;

  private final FlatJson fields;
  private boolean[] taken;
  private int left;
  private Map<String, @Nullable Object> map = Map.of();

  /** What was looked up last: most are then taken out. */
  private @Nullable Object lastKey;

  private int lastField;
  private @Nullable Object lastValue;

  private RawObject(byte[] text, FlatJson fields) {
    this.text = text;
    this.fields = fields;
    this.taken = new boolean[fields.count()];
    this.left = fields.count();
  }

  /**
   * The object that stands in a part of a buffer, which is copied; null when it is none, or not a
   * simple one: {@link EventCodec#decodeObject(byte[])} says which.
   *
   * @param buffer sound UTF-8
   */
  public static @Nullable RawObject of(byte[] buffer, int from, int length) {
    byte[] text = Arrays.copyOfRange(buffer, from, from + length);
    FlatJson fields = FlatJson.of(text, 0, length);
    return fields == null ? null : new RawObject(text, fields);
  }

  @Override
  public @Nullable Object get(Object key) {
    byte[] json = text;
    if (json == null) {
      return map.get(key);
    }
    lastKey = key;
    lastField = find(json, key);
    lastValue = lastField < 0 ? null : value(json, lastField);
    return lastValue;
  }

  @Override
  public boolean containsKey(Object key) {
    byte[] json = text;
    return json == null ? map.containsKey(key) : find(json, key) >= 0;
  }

  @Override
  public @Nullable Object remove(Object key) {
    byte[] json = text;
    if (json == null) {
      return map.remove(key);
    }
    @SuppressWarnings("ReferenceEquality") // who looks before taking, looks under the same key
    boolean looked = key == lastKey;
    @Nullable Object value = looked ? lastValue : get(key);
    int field = lastField;
    lastKey = null;
    if (field >= 0) {
      taken[field] = true;
      left--;
    }
    return value;
  }

  @Override
  public @Nullable Object put(String key, @Nullable Object value) {
    return map().put(key, value);
  }

  @Override
  public Set<Entry<String, @Nullable Object>> entrySet() {
    return map().entrySet();
  }

  @Override
  public int size() {
    return text == null ? map.size() : left;
  }

  /** False once there is a map, which may have been changed. */
  boolean isUnchanged() {
    return text != null;
  }

  /** Writes the object's text, while it is unchanged. */
  void writeTo(OutputStream out) throws IOException {
    byte[] json = Objects.requireNonNull(text);
    out.write('{');
    boolean first = true;
    int field = 0;
    while (field < taken.length) {
      int from = field;
      while (field < taken.length && !taken[field]) {
        field++;
      }
      if (field > from) {
        if (!first) {
          out.write(',');
        }
        first = false;
        // Neighbours go out in one piece, with what stands between them.
        int start = fields.nameAt(from) - 1;
        out.write(json, start, fields.valueEnd(field - 1) - start);
      }
      field++;
    }
    out.write('}');
  }

  private int find(byte[] json, Object key) {
    if (key instanceof String name) {
      for (int i = 0; i < taken.length; i++) {
        if (!taken[i] && isName(json, i, name)) {
          return i;
        }
      }
    }
    return -1;
  }

  private boolean isName(byte[] json, int field, String name) {
    int at = fields.nameAt(field);
    int length = name.length();
    if (json.length <= at + length || json[at + length] != '"') {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (json[at + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Object value(byte[] json, int field) {
    int from = fields.valueAt(field);
    int to = fields.valueEnd(field);
    if (json[from] == '"') {
      String value = new String(json, from + 1, to - from - 2, StandardCharsets.UTF_8);
      if (value.indexOf('\\') < 0) {
        return value;
      }
    }
    int start = fields.nameAt(field) - 1;
    byte[] alone = new byte[to - start + 2];
    System.arraycopy(json, start, alone, 1, to - start);
    alone[0] = '{';
    alone[alone.length - 1] = '}';
    return decoded(alone).values().iterator().next();
  }

  private Map<String, @Nullable Object> map() {
    if (text != null) {
      ByteArrayOutputStream json = new ByteArrayOutputStream(text.length);
      try {
        writeTo(json);
      } catch (IOException e) {
        throw new UncheckedIOException("writing to memory", e);
      }
      map = decoded(json.toByteArray());
      text = null;
    }
    return map;
  }

  private static Map<String, @Nullable Object> decoded(byte[] json) {
    try {
      return EventCodec.decodeObject(json);
    } catch (MalformedEventException e) {
      throw new IllegalStateException("the text was found to be a sound object", e);
    }
  }
}
