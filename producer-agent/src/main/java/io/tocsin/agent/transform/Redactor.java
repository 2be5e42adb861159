package io.tocsin.agent.transform;

import io.prometheus.metrics.core.metrics.Counter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes out what must not be read. Thread-safe. */
final class Redactor {

  /** Fields in which a source keeps a record's bytes a second time, where nothing is found. */
  private static final Set<String> COPIES = Set.of("raw_base64", "hex", "last_hex");

  private final Map<String, List<Finder>> finders;
  private final boolean passwords;
  private final boolean cards;
  private final List<FieldHash> hashes;
  private final Counter counter;
  private final String source;

  /** Does what all of these say. */
  Redactor(List<RedactSettings> settings, String source, Counter counter) {
    this.finders = new LinkedHashMap<>();
    settings.forEach(each -> finders.putAll(each.finders()));
    this.passwords = settings.stream().anyMatch(each -> each.finds(BuiltIn.PASSWORDS));
    this.cards = settings.stream().anyMatch(each -> each.finds(BuiltIn.CARD_NUMBERS));
    this.hashes =
        settings.stream()
            .map(RedactSettings::hash)
            .filter(Objects::nonNull)
            .map(FieldHash::new)
            .toList();
    this.source = source;
    this.counter = counter;
  }

  String text(String text) {
    String redacted = text;
    for (Map.Entry<String, List<Finder>> each : finders.entrySet()) {
      for (Finder finder : each.getValue()) {
        List<Span> found = finder.in(redacted);
        if (!found.isEmpty()) {
          counter.labelValues(source, each.getKey()).inc(found.size());
          redacted = without(redacted, found, mark(each.getKey()));
        }
      }
    }
    return redacted;
  }

  /** A copy of a record's fields, with all that is within them. */
  Map<String, @Nullable Object> fields(Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> copy = map(fields);
    for (FieldHash hash : hashes) {
      counter.labelValues(source, "hash").inc(hash.replace(fields, copy));
    }
    return copy;
  }

  /** A copy of measured values: their texts only, for a number was measured. */
  Map<String, @Nullable Object> values(Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(values);
    copy.replaceAll((name, value) -> value instanceof String text ? text(text) : value);
    return copy;
  }

  private Map<String, @Nullable Object> map(Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    fields.forEach((name, value) -> copy.put(text(name), field(name, value)));
    return copy;
  }

  private @Nullable Object field(String name, @Nullable Object value) {
    if (value == null || value instanceof Boolean) {
      return value;
    }
    if (passwords && SecretNames.isSecret(name)) {
      counter.labelValues(source, BuiltIn.PASSWORDS.label()).inc();
      return mark(BuiltIn.PASSWORDS.label());
    }
    if (!finders.isEmpty() && COPIES.contains(name)) {
      return mark("copy");
    }
    return value(value);
  }

  @SuppressWarnings("unchecked")
  private @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case String text -> text(text);
      case Map<?, ?> fields -> map((Map<String, @Nullable Object>) fields);
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>(list.size());
        list.forEach(item -> copy.add(value(item)));
        yield copy;
      }
      case Number number when cards && CardFinder.isCard(number.toString()) -> {
        counter.labelValues(source, BuiltIn.CARD_NUMBERS.label()).inc();
        yield mark(BuiltIn.CARD_NUMBERS.label());
      }
      case null, default -> value;
    };
  }

  private static String mark(String label) {
    return "[redacted:" + label + "]";
  }

  private static String without(String text, List<Span> found, String mark) {
    StringBuilder left = new StringBuilder(text.length());
    int at = 0;
    for (Span span : found) {
      left.append(text, at, span.from()).append(mark);
      at = span.to();
    }
    return left.append(text, at, text.length()).toString();
  }
}
