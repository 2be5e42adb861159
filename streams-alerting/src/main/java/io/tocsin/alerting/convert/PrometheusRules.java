package io.tocsin.alerting.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alert rules as Prometheus and Loki have them: groups, each with a list of rules. */
final class PrometheusRules {

  private static final Map<String, String> SEVERITIES =
      Map.of(
          "critical",
          "high",
          "page",
          "high",
          "high",
          "high",
          "error",
          "high",
          "warning",
          "medium",
          "medium",
          "medium",
          "info",
          "low",
          "low",
          "low",
          "none",
          "low");

  private PrometheusRules() {}

  static List<Draft> read(@Nullable Object root) {
    List<Draft> drafts = new ArrayList<>();
    for (Object group : Parts.list(Parts.map(root).get("groups"))) {
      for (Object rule : Parts.list(Parts.map(group).get("rules"))) {
        drafts.add(read(Parts.map(rule)));
      }
    }
    return drafts;
  }

  private static Draft read(Map<String, @Nullable Object> rule) {
    if (rule.containsKey("record")) {
      return new Draft(String.valueOf(rule.get("record")))
          .refuse("a recording rule computes a series; there are none here");
    }
    Draft draft = new Draft(String.valueOf(rule.get("alert")));
    Map<String, String> labels = Parts.texts(rule.get("labels"));
    String severity = SEVERITIES.get(labels.getOrDefault("severity", "").toLowerCase(Locale.ROOT));
    if (severity != null) {
      draft.put("severity", severity);
      labels.remove("severity");
    }
    String expression = String.valueOf(rule.get("expr")).replaceAll("\\s+", " ").strip();
    PromExpression.read(expression, draft);
    Object holdsFor = rule.get("for");
    if (holdsFor != null) {
      draft.put("for", PromExpression.duration(holdsFor.toString()));
    }
    Object keep = rule.get("keep_firing_for");
    if (keep != null) {
      draft.put("resolve-after", PromExpression.duration(keep.toString()));
    }
    Map<String, String> annotations = words(Parts.texts(rule.get("annotations")));
    String summary = annotations.remove("summary");
    if (summary != null) {
      draft.put("summary", summary);
    }
    return draft.putFilled("labels", labels).putFilled("annotations", annotations);
  }

  /** Templates in the braces that are understood here; others stay as they are, and are said. */
  private static Map<String, String> words(Map<String, String> annotations) {
    Map<String, String> words = new LinkedHashMap<>();
    annotations.forEach(
        (name, text) -> {
          String key = name.equals("runbook_url") ? "runbook" : name;
          String plain = text.replaceAll("\\{\\{[^}]*\\$value[^}]*}}", "{value}");
          for (String label : PromExpression.labelsOf(plain)) {
            plain =
                plain.replaceAll(
                    "\\{\\{\\s*\\$labels\\." + label + "\\s*}}",
                    "{" + PromExpression.field(label) + "}");
          }
          words.put(key, plain);
        });
    return words;
  }
}
