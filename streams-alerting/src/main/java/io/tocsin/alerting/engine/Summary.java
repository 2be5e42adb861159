package io.tocsin.alerting.engine;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.FieldPath;
import io.tocsin.alerting.rule.Span;
import io.tocsin.alerting.rule.Values;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fills in the placeholders of a rule's summary. */
final class Summary {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");

  private Summary() {}

  /**
   * The summary for people. A placeholder that names nothing known stays as written.
   *
   * @param record the record that tipped it; null when a timer did
   */
  static String of(
      AlertRule rule,
      Map<String, @Nullable Object> group,
      Object value,
      @Nullable EventRecord record) {
    Matcher placeholders = PLACEHOLDER.matcher(rule.summary());
    StringBuilder text = new StringBuilder();
    while (placeholders.find()) {
      Object found = lookUp(placeholders.group(1).strip(), rule, group, value, record);
      String shown = found == null ? placeholders.group() : Values.text(found);
      placeholders.appendReplacement(text, Matcher.quoteReplacement(shown));
    }
    return placeholders.appendTail(text).toString();
  }

  private static @Nullable Object lookUp(
      String name,
      AlertRule rule,
      Map<String, @Nullable Object> group,
      Object value,
      @Nullable EventRecord record) {
    return switch (name) {
      case "value" -> value;
      case "within" -> rule.kind().window().map(Span::written).orElse(null);
      case "threshold" -> rule.kind().threshold();
      case "rule" -> rule.name();
      default -> {
        Object ofGroup = group.get(name);
        yield ofGroup != null || record == null ? ofGroup : record.field(FieldPath.of(name));
      }
    };
  }
}
