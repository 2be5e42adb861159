package io.tocsin.alerting.rule;

import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.Durations;
import io.tocsin.bootstrap.config.InvalidValueException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Single values of a rule file. */
final class Scalars {

  /** Longer windows than this are a slip of the pen, and would overflow sums of times. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final BigDecimal FARTHEST = new BigDecimal("1e30");

  private Scalars() {}

  /** A duration of zero or more. */
  static Span span(ConfigNode node) {
    String text = node.text();
    Duration length;
    try {
      length = Durations.parse(text);
    } catch (InvalidValueException | ArithmeticException e) {
      throw node.invalid("must be a duration with its unit, such as 500ms, 5s, 1m or 2h", "");
    }
    if (length.compareTo(LONGEST) > 0) {
      throw node.invalid("must be at most 36500d", "");
    }
    return new Span(length, text.strip());
  }

  /** A duration above zero. */
  static Span window(ConfigNode node) {
    Span span = span(node);
    if (span.length().isZero()) {
      throw node.invalid("must be longer than nothing", "");
    }
    return span;
  }

  /** A whole number from 1. */
  static long count(ConfigNode node) {
    String text = node.text();
    if (!text.matches("\\d{1,9}") || Long.parseLong(text) < 1) {
      throw node.invalid("must be a whole number from 1 to 999999999", "");
    }
    return Long.parseLong(text);
  }

  /** Any number. */
  static BigDecimal number(ConfigNode node) {
    String text = node.text();
    if (text.length() <= 40 && text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,2})?")) {
      BigDecimal number = new BigDecimal(text);
      if (number.abs().compareTo(FARTHEST) <= 0) {
        return number;
      }
    }
    throw node.invalid("must be a number", "for a share, write 0.05 for 5 %");
  }

  /** A number from {@code least} on, below {@code end} when there is one. */
  static BigDecimal share(ConfigNode node, @Nullable BigDecimal end) {
    BigDecimal number = number(node);
    if (number.signum() < 0 || (end != null && number.compareTo(end) >= 0)) {
      throw node.invalid(
          end == null ? "must be 0 or more" : "must be from 0 up to, not including, " + end,
          "write 0.05 for 5 %");
    }
    return number;
  }

  static FieldPath field(ConfigNode node) {
    return field(node, node.text());
  }

  static FieldPath field(ConfigNode node, String path) {
    FieldPath field = FieldPath.of(path);
    if (field.segments().stream().anyMatch(String::isBlank)) {
      throw node.invalid("must be a field's name or a dotted path, such as meta.user_id", "");
    }
    return field;
  }

  /** A text, number or truth value as JSON has it. */
  static Object value(ConfigNode node) {
    if (!node.isScalar()) {
      throw node.invalid("must be a single value", "");
    }
    Object plain = node.plain();
    if (plain == null) {
      throw node.invalid("is empty", "write exists: false for a field that is not there");
    }
    return plain;
  }

  static String text(ConfigNode node) {
    return node.text();
  }

  /** A list of texts; a single text stands for a list of one. */
  static List<String> texts(ConfigNode node) {
    if (node.isScalar()) {
      return List.of(node.text());
    }
    List<String> texts = new ArrayList<>();
    for (ConfigNode item : node.items()) {
      if (texts.contains(item.text())) {
        throw item.invalid("stands twice", "keep one of them");
      }
      texts.add(item.text());
    }
    return List.copyOf(texts);
  }

  static Map<String, String> textMap(ConfigNode node) {
    Map<String, String> map = new LinkedHashMap<>();
    Gathering gathering = new Gathering();
    for (String key : node.keys()) {
      gathering.read(() -> map.put(key, node.get(key).orElseThrow().text()) == null);
    }
    gathering.check();
    return map;
  }
}
