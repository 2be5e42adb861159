package io.tocsin.event.silence;

import io.tocsin.event.Alert;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts: each name must have one of its values. Names are {@code rule}, {@code severity},
 * {@code fingerprint}, {@code episode}, fields of the group, and labels of the rule; a group's
 * field goes before a label of the same name. In values {@code *} stands for anything. An alert
 * that lacks a name does not match.
 *
 * @param wanted at least one name, each with at least one value
 */
public record AlertMatch(Map<String, List<String>> wanted) {

  public AlertMatch {
    require(!wanted.isEmpty(), "a match needs at least one name=value; rule=* is everything");
    Map<String, List<String>> copy = new TreeMap<>();
    wanted.forEach(
        (name, values) -> {
          require(!name.isBlank(), "a match needs a name before '='");
          require(!values.isEmpty(), "match " + name + ": it needs at least one value");
          require(
              values.stream().noneMatch(String::isBlank),
              "match " + name + ": a value must not be empty");
          copy.put(name, List.copyOf(values));
        });
    for (String severity : copy.getOrDefault("severity", List.of())) {
      require(
          severity.contains("*") || isSeverity(severity),
          "match severity: '" + severity + "' must be high, medium or low");
    }
    wanted = Collections.unmodifiableMap(copy);
  }

  /**
   * Reads {@code service=api,severity=high}; a name that comes again adds a value that will do.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static AlertMatch parse(List<String> texts) {
    Map<String, List<String>> wanted = new TreeMap<>();
    for (String text : texts) {
      for (String pair : text.split(",", -1)) {
        int equals = pair.indexOf('=');
        require(equals >= 0, "match '" + pair.strip() + "' must be name=value");
        wanted
            .computeIfAbsent(pair.substring(0, equals).strip(), name -> new ArrayList<>())
            .add(pair.substring(equals + 1).strip());
      }
    }
    return new AlertMatch(wanted);
  }

  /** Whether this alert is meant. */
  public boolean matches(Alert alert) {
    return wanted.entrySet().stream()
        .allMatch(
            entry -> {
              String value = valueOf(alert, entry.getKey());
              return value != null
                  && entry.getValue().stream().anyMatch(glob -> Glob.matches(glob, value));
            });
  }

  private static @Nullable String valueOf(Alert alert, String name) {
    return switch (name) {
      case "rule" -> alert.rule();
      case "severity" -> alert.severity().name().toLowerCase(Locale.ROOT);
      case "fingerprint" -> alert.fingerprint();
      case "episode" -> alert.episode();
      default ->
          alert.group().containsKey(name)
              ? String.valueOf(alert.group().get(name))
              : alert.labels().get(name);
    };
  }

  private static boolean isSeverity(String text) {
    for (Alert.Severity severity : Alert.Severity.values()) {
      if (severity.name().toLowerCase(Locale.ROOT).equals(text)) {
        return true;
      }
    }
    return false;
  }

  private static void require(boolean ok, String problem) {
    if (!ok) {
      throw new IllegalArgumentException(problem);
    }
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return wanted.entrySet().stream()
        .flatMap(entry -> entry.getValue().stream().map(value -> entry.getKey() + "=" + value))
        .collect(Collectors.joining(","));
  }
}
