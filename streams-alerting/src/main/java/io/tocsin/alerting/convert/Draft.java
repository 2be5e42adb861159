package io.tocsin.alerting.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule while it is converted. */
final class Draft {

  private final String origin;
  private final Map<String, @Nullable Object> written = new LinkedHashMap<>();
  private final List<String> differences = new ArrayList<>();
  private @Nullable String refusal;

  /** Begins a rule that has this name over there. */
  Draft(String origin) {
    this.origin = origin;
    written.put("name", kebab(origin));
  }

  String origin() {
    return origin;
  }

  String name() {
    return String.valueOf(written.get("name"));
  }

  Map<String, @Nullable Object> written() {
    return written;
  }

  List<String> differences() {
    return differences;
  }

  /** Why it cannot be converted; null when it can. */
  @Nullable String refusal() {
    return refusal;
  }

  Draft put(String key, @Nullable Object value) {
    written.put(key, value);
    return this;
  }

  /** Puts what is not empty. */
  Draft putFilled(String key, Map<String, ?> value) {
    return value.isEmpty() ? this : put(key, value);
  }

  Draft putFilled(String key, List<?> value) {
    return value.isEmpty() ? this : put(key, value);
  }

  /** Says in what the rule differs from what it was. */
  Draft differs(String how) {
    differences.add(how);
    return this;
  }

  /** Gives it up; the first reason counts. */
  Draft refuse(String why) {
    if (refusal == null) {
      refusal = why;
    }
    return this;
  }

  /** {@code HighCpuLoad 2} to {@code high-cpu-load-2}. */
  static String kebab(String name) {
    String parted =
        name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replaceAll("([A-Z])([A-Z][a-z])", "$1-$2");
    String plain = parted.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String trimmed = plain.replaceAll("^-+|-+$", "");
    return trimmed.isEmpty() ? "rule" : trimmed;
  }
}
