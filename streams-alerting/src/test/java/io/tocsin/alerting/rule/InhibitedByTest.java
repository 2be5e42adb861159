package io.tocsin.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bootstrap.config.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InhibitedByTest {

  @Test
  void aChainIsNoCircle() {
    RuleSet rules = parse(rule("a", "b, c") + rule("b", "c") + rule("c", "elsewhere"));
    assertThat(rules.rules().getFirst().inhibitedBy()).isEqualTo(List.of("b", "c"));
  }

  @Test
  void rulesThatKeepEachOtherFromBeingToldAreRefused() {
    assertThatThrownBy(() -> parse(rule("a", "b") + rule("b", "c") + rule("c", "b")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("b -> c -> b")
        .hasMessageContaining("rules.yaml:3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          inhibited-by: [a]                       | names the rule itself
          inhibited-by: Service Down              | must be names of rules
          annotations: { inhibited-by: b }        | is an annotation of Tocsin's own
          """)
  void whatCannotBeMeantIsRefused(String line, String problem) {
    String rule = "  - { name: a, count: 1, within: 1m, " + line + " }\n";
    assertThatThrownBy(() -> parse(rule))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  private static RuleSet parse(String rules) {
    return RuleSet.parse("rules.yaml", "rules:\n" + rules);
  }

  private static String rule(String name, String inhibitedBy) {
    return "  - { name: %s, count: 1, within: 1m, inhibited-by: [%s] }\n"
        .formatted(name, inhibitedBy);
  }
}
