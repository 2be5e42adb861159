package io.tocsin.notifier.route;

import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Severity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the routes look at. What is null is matched by no matcher that asks for it.
 *
 * @param severity null when a question by hand leaves it open
 * @param service what the alert is about; null when it does not say
 * @param rule its name; null when a question by hand leaves it open
 * @param labels the rule's labels and the group's fields by name
 * @param at when it is decided, for office hours
 */
public record Subject(
    @Nullable Severity severity,
    @Nullable String service,
    @Nullable String rule,
    Map<String, String> labels,
    Instant at) {

  /** What it has under a name that people group by; empty when it has none. */
  Optional<String> value(String name) {
    return switch (name) {
      case "severity" ->
          Optional.ofNullable(severity).map(each -> each.name().toLowerCase(Locale.ROOT));
      case "rule" -> Optional.ofNullable(rule);
      case "service" -> Optional.ofNullable(service);
      default -> Optional.ofNullable(labels.get(name));
    };
  }

  /** The service is the group's field of that name, else the label. */
  static Subject of(Alert alert, Instant at) {
    Map<String, String> labels = new LinkedHashMap<>(alert.labels());
    alert.group().forEach((field, value) -> labels.put(field, String.valueOf(value)));
    return new Subject(alert.severity(), labels.get("service"), alert.rule(), labels, at);
  }
}
