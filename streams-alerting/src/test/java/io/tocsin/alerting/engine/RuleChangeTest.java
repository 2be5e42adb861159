package io.tocsin.alerting.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.event.Alert;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules give way to others while an engine runs, and between two of its runs. */
class RuleChangeTest {

  private static final String BURST =
      """
      rules:
        - name: burst
          match: { level: ERROR }
          count: 1
          within: 1h
      """;

  private static final String SILENT =
      """
      rules:
        - name: silent
          match: { event: beat }
          group-by: [service]
          absent-for: 5m
          expect: [ { service: api } ]
      """;

  private static final RuleSet NONE = new RuleSet(List.of());

  @Test
  void whatFiresOfARuleThatIsGoneResolvesWhenItGoes() {
    // Given
    History history = new History(BURST).log(0, "ERROR");

    // When: the clock has stood still since
    List<Alert> cutOff = history.engine.replaceRules(NONE, History.second(900));

    // Then
    assertThat(cutOff)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.at()).isEqualTo(History.second(900));
              assertThat(alert.endsAt()).isEqualTo(History.second(900));
              assertThat(alert.reason()).isEqualTo("the rule was removed");
            });
  }

  @Test
  void otherWordsKeepTheState() {
    // Given
    History history = new History(BURST).log(0, "ERROR");

    // When
    List<Alert> cutOff =
        history.engine.replaceRules(
            RuleSet.parse("rules.yaml", BURST + "    severity: high\n"), History.second(900));
    history.at(10_000);

    // Then
    assertThat(cutOff).isEmpty();
    assertThat(history.lines()).containsExactly("0 firing 1 from 0", "7200 resolved 1 from 0");
    assertThat(history.alerts.getLast().severity()).isEqualTo(Alert.Severity.HIGH);
  }

  @Test
  void anExpectedGroupIsWaitedForFromWhenItsRuleCame() {
    // Given
    History history = new History(BURST).at(0);

    // When: the clock has stood still for longer than the rule waits
    history.engine.replaceRules(RuleSet.parse("rules.yaml", SILENT), History.second(900));
    history.at(1199);
    List<String> before = history.lines();
    history.at(1200);

    // Then
    assertThat(before).isEmpty();
    assertThat(history.lines()).containsExactly("1200 firing 300 from 900");
  }

  @Test
  void anExpectedGroupOfARuleThatCameWhileItWasAwayIsWaitedForFromTheStart() {
    // Given
    History history = new History(BURST).at(0);

    // When
    history.restart(SILENT).at(900).at(1200);

    // Then
    assertThat(history.lines()).containsExactly("1200 firing 300 from 900");
  }
}
