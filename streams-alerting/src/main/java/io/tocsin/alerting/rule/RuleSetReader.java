package io.tocsin.alerting.rule;

import io.tocsin.alerting.rule.Gathering.Part;
import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Reads rule files one after the other and knows the names that were taken. */
final class RuleSetReader {

  private final Gathering gathering = new Gathering();
  private final List<AlertRule> rules = new ArrayList<>();
  private final Map<String, ConfigNode> names = new HashMap<>();

  /** Takes in one file's root. */
  void add(Supplier<ConfigNode> file) {
    gathering.read(
        () -> {
          ConfigNode root = file.get();
          gathering.addAll(root.unknownKeys(List.of("rules")));
          ConfigNode list =
              root.get("rules")
                  .orElseThrow(() -> root.missing("rules", "a rule file is a list under rules:"));
          list.items().forEach(this::addRule);
          return true;
        });
  }

  private void addRule(ConfigNode node) {
    gathering.read(
        () -> {
          claimName(node);
          return true;
        });
    Part<AlertRule> rule = gathering.read(() -> RuleReader.read(node));
    rule.ifRead(rules::add);
  }

  /** Apart from the rest of a rule, so that a name taken twice shows even beside other faults. */
  private void claimName(ConfigNode node) {
    if (!node.isMap()) {
      return;
    }
    ConfigNode name = node.get("name").filter(ConfigNode::isScalar).orElse(null);
    if (name == null || name.isNull()) {
      return;
    }
    ConfigNode taken = names.putIfAbsent(name.text(), name);
    if (taken != null) {
      String place = taken.file() + ":" + taken.line();
      add(name, "is the name of another rule, at " + place, "give each rule its own name");
    }
  }

  private void add(ConfigNode name, String problem, String remedy) {
    gathering.add(new Problem(name.file(), name.line(), name.key(), name.text(), problem, remedy));
  }

  RuleSet finish() {
    for (List<String> circle : InhibitionCircles.among(rules)) {
      add(
          Objects.requireNonNull(names.get(circle.getFirst())),
          "keeps itself from being told, by way of inhibited-by: " + String.join(" -> ", circle),
          "take one of these out");
    }
    gathering.check();
    return new RuleSet(rules);
  }
}
