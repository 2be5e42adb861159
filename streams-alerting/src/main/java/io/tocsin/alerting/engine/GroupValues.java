package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.FieldPath;
import io.tocsin.alerting.rule.Values;
import io.tocsin.event.Alert;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which group of a rule a record belongs to: the values of its group-by fields, by text. Remembers
 * the groups it named last, for hashing one takes longer than all else.
 */
final class GroupValues {

  private static final int REMEMBERED = 4096;
  private static final int REMEMBERED_WHOLE = 512;

  /**
   * A group.
   *
   * @param values in the rule's order
   * @param identity the alert's fingerprint
   */
  record Named(Map<String, @Nullable Object> values, Hash128 identity) {}

  private final String rule;
  private final List<FieldPath> fields;
  private final LinkedHashMap<String, Hash128> known = new LinkedHashMap<>(16, 0.75f, true);

  /** The groups of the one field, where that is a text: no values have to be put together. */
  private final LinkedHashMap<String, Named> byText = new LinkedHashMap<>(16, 0.75f, true);

  GroupValues(AlertRule rule) {
    this.rule = rule.name();
    this.fields = rule.groupBy();
  }

  /** The group of a record; null when the record lacks a field. */
  @Nullable Named of(EventRecord record) {
    if (fields.size() == 1 && record.field(fields.getFirst()) instanceof String text) {
      Named group = byText.get(text);
      if (group == null) {
        group = named(record);
        byText.put(text, Objects.requireNonNull(group));
        if (byText.size() > REMEMBERED_WHOLE) {
          byText.pollFirstEntry();
        }
      }
      return group;
    }
    return named(record);
  }

  private @Nullable Named named(EventRecord record) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (FieldPath field : fields) {
      Object value = record.field(field);
      if (value == null) {
        return null;
      }
      values.put(field.path(), plain(value));
    }
    return named(Collections.unmodifiableMap(values));
  }

  /** The group that a rule expects, as a record of it would name it. */
  Named ofExpected(Map<String, Object> expected) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    expected.forEach((field, value) -> values.put(field, plain(value)));
    return named(Collections.unmodifiableMap(values));
  }

  private Named named(Map<String, @Nullable Object> values) {
    StringBuilder text = new StringBuilder();
    values.values().forEach(value -> text.append(value).append('\u001f'));
    Hash128 hash = known.get(text.toString());
    if (hash == null) {
      hash = Hash128.ofHex(Alert.fingerprintOf(rule, values));
      known.put(text.toString(), hash);
      if (known.size() > REMEMBERED) {
        known.pollFirstEntry();
      }
    }
    return new Named(values, hash);
  }

  /** Values as JSON has them, one form for each: levels and structures as text, 5.0 as 5. */
  static Object plain(Object value) {
    return switch (value) {
      case Boolean truth -> truth;
      case Number number -> {
        BigDecimal decimal = Values.number(number);
        yield decimal == null ? number.toString() : Values.tidy(decimal);
      }
      default -> Values.text(value);
    };
  }
}
