package io.tocsin.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.RulesAdmin.AppliedRule;
import io.tocsin.alerting.RulesPlan.Change;
import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.RuleSet;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RulesPlanTest {

  private static final String RULES =
      """
      rules:
        - { name: same, match: { meta.share: 0.50 }, count: 5, within: 1m }
        - { name: words, count: 5, within: 1m, summary: before }
        - { name: condition, count: 5, within: 1m }
        - { name: gone, count: 5, within: 1m }
      """;

  private static final String CHANGED =
      RULES
          .replace("before", "after")
          .replace("condition, count: 5", "condition, count: 6")
          .replace("gone", "fresh");

  @Test
  void eachRuleGoesItsOwnWay() {
    // When
    RulesPlan plan = RulesPlan.of(standing(RULES), rules(CHANGED), true);

    // Then
    assertThat(plan.text())
        .isEqualTo(
            """
            ~ condition: its condition changes, it begins anew; what fires of it resolves
            + fresh
            - gone: removed; what fires of it resolves
            ~ words: only its words change, it keeps its state
            1 rule unchanged""");
  }

  @Test
  void withoutPruningWhatIsThereStays() {
    assertThat(RulesPlan.of(standing(RULES), rules(CHANGED), false).text()).doesNotContain("gone");
  }

  @Test
  void aChangedRuleHasTheNextRevision() {
    // When
    RulesPlan plan = RulesPlan.of(standing(RULES), rules(CHANGED), false);

    // Then
    assertThat(plan.changes())
        .filteredOn(change -> change instanceof Change.Alter)
        .extracting(change -> ((Change.Alter) change).rule().revision())
        .containsExactly(8L, 8L);
  }

  @Test
  void theSameRulesAreNoChange() {
    assertThat(RulesPlan.of(standing(RULES), rules(RULES), true).isEmpty()).isTrue();
  }

  @Test
  void whatCannotBeReadIsReplaced() {
    // Given
    SortedMap<String, AppliedRule> standing = standing(RULES);
    standing.put("same", new AppliedRule(null, "somebody", Instant.EPOCH));

    // When
    RulesPlan plan = RulesPlan.of(standing, rules(RULES), true);

    // Then
    assertThat(plan.text()).startsWith("+ same");
  }

  private static RuleSet rules(String yaml) {
    return RuleSet.parse("rules.yaml", yaml);
  }

  private static SortedMap<String, AppliedRule> standing(String yaml) {
    SortedMap<String, AppliedRule> standing = new TreeMap<>();
    for (AlertRule rule : rules(yaml).rules()) {
      standing.put(rule.name(), new AppliedRule(rule.withRevision(7), "somebody", Instant.EPOCH));
    }
    return standing;
  }
}
