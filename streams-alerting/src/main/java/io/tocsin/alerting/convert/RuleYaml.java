package io.tocsin.alerting.convert;

import io.tocsin.event.EventCodec;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rules as the text of a rule file: a line for each key, what is nested in flow style. */
final class RuleYaml {

  private RuleYaml() {}

  static String of(List<Map<String, @Nullable Object>> rules) {
    StringBuilder text = new StringBuilder(rules.isEmpty() ? "rules: []\n" : "rules:\n");
    for (Map<String, @Nullable Object> rule : rules) {
      String indent = "  - ";
      for (Map.Entry<String, @Nullable Object> entry : rule.entrySet()) {
        text.append(indent).append(entry.getKey()).append(": ");
        text.append(flow(entry.getValue())).append('\n');
        indent = "    ";
      }
    }
    return text.toString();
  }

  private static String flow(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(e -> flow(e.getKey()) + ": " + flow(e.getValue()))
              .collect(Collectors.joining(", ", "{ ", " }"));
      case Iterable<?> list -> list(list.iterator());
      case String text when text.matches("[A-Za-z][A-Za-z0-9_.-]*") && !isWord(text) -> text;
      case String text when text.matches("\\d+(ms|s|m|h|d|w)") -> text;
      case null -> "null";
      default -> json(value);
    };
  }

  private static String list(Iterator<?> values) {
    StringBuilder text = new StringBuilder("[");
    while (values.hasNext()) {
      text.append(flow(values.next())).append(values.hasNext() ? ", " : "");
    }
    return text.append(']').toString();
  }

  /** What YAML reads as something else than text. */
  private static boolean isWord(String text) {
    return text.matches("(?i)true|false|null|yes|no|on|off|y|n|nan|inf");
  }

  /** JSON is YAML. */
  private static String json(Object value) {
    String object = new String(EventCodec.encodeObject(Map.of("v", value)), StandardCharsets.UTF_8);
    return object.substring("{\"v\":".length(), object.length() - 1);
  }
}
