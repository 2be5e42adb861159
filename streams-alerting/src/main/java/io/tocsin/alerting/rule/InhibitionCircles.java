package io.tocsin.alerting.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds rules that keep each other from being told: while all of them fire, nobody would know. */
final class InhibitionCircles {

  private final Map<String, List<String>> inhibitors = new HashMap<>();
  private final List<List<String>> circles = new ArrayList<>();
  private final Set<String> done = new HashSet<>();

  private InhibitionCircles(List<AlertRule> rules) {
    rules.forEach(rule -> inhibitors.put(rule.name(), rule.inhibitedBy()));
    rules.forEach(rule -> visit(rule.name(), new ArrayList<>()));
  }

  /** Each circle once, from the rule that stands first back to itself. */
  static List<List<String>> among(List<AlertRule> rules) {
    return new InhibitionCircles(rules).circles;
  }

  private void visit(String rule, List<String> path) {
    int begun = path.indexOf(rule);
    path.add(rule);
    if (begun >= 0) {
      circles.add(List.copyOf(path.subList(begun, path.size())));
    } else if (done.add(rule)) {
      inhibitors.getOrDefault(rule, List.of()).forEach(next -> visit(next, path));
    }
    path.removeLast();
  }
}
