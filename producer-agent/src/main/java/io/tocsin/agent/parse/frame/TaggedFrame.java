package io.tocsin.agent.parse.frame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A frame of the form {@code TAG;KEY=VALUE;WORD;}, taken apart.
 *
 * @param tag its first part, up to an equals sign
 * @param pairs every pair in order; a key that stands again has {@code _2}, {@code _3} … added
 * @param words the parts, but the tag, that are no pair
 */
record TaggedFrame(String tag, Map<String, String> pairs, List<String> words) {

  /** Empty when nothing stands in it. */
  static Optional<TaggedFrame> of(String text) {
    String tag = null;
    Map<String, String> pairs = new LinkedHashMap<>();
    List<String> words = new ArrayList<>();
    for (String raw : text.split(";", -1)) {
      String part = raw.strip();
      int equals = part.indexOf('=');
      if (part.isEmpty()) {
        continue;
      }
      String name = equals > 0 ? part.substring(0, equals).strip() : part;
      if (equals > 0) {
        pairs.put(unused(name, pairs), part.substring(equals + 1).strip());
      } else if (tag != null) {
        words.add(part);
      }
      tag = tag == null ? name : tag;
    }
    return tag == null ? Optional.empty() : Optional.of(new TaggedFrame(tag, pairs, words));
  }

  private static String unused(String name, Map<String, String> pairs) {
    String key = name;
    for (int i = 2; pairs.containsKey(key); i++) {
      key = name + "_" + i;
    }
    return key;
  }

  /** The pairs with numbers as numbers. */
  Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    pairs.forEach((key, value) -> values.put(key, FrameValues.of(value)));
    return values;
  }

  /** For people: {@code ACK CMD=AUTH STATUS=OK}; of a named message its name leads. */
  String readable(@Nullable String name) {
    StringJoiner text = new StringJoiner(" ");
    if (name != null) {
      text.add(name);
    } else if (!pairs.containsKey(tag)) {
      text.add(tag);
    }
    for (String word : words) {
      if (!word.equals(name)) {
        text.add(word);
      }
    }
    pairs.forEach(
        (key, value) -> {
          if (!value.equals(name)) {
            text.add(key + "=" + value);
          }
        });
    return text.toString();
  }
}
