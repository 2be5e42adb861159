package io.tocsin.alerting.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Alert;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A rule's state, or that of some of its groups, is forgotten on demand. */
class ResetTest {

  private static final String PAIR =
      """
      rules:
        - name: pair
          group-by: [meta.device]
          count: 2
          within: 1h
      """;

  @Test
  void whatFiresResolvesWithAReasonAndIsCountedAnew() {
    // Given
    History history = new History(PAIR).log(0, device(1)).log(1, device(1)).log(2, device(2));

    // When
    List<Alert> cutOff = history.engine.reset("pair", Map.of(), History.second(3), "reset by ayse");
    history.log(4, device(1)).log(5, device(2));
    List<String> before = history.lines();
    history.log(6, device(2));

    // Then
    assertThat(cutOff)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.status()).isEqualTo(Alert.Status.RESOLVED);
              assertThat(alert.at()).isEqualTo(History.second(3));
              assertThat(alert.reason()).isEqualTo("reset by ayse");
            });
    assertThat(before).containsExactly("1 firing 2 from 1");
    assertThat(history.lines()).containsExactly("1 firing 2 from 1", "6 firing 2 from 6");
  }

  @Test
  void groupsWithOtherValuesGoOn() {
    // Given
    History history = new History(PAIR).log(0, device(1)).log(1, device(2)).log(2, device(2));

    // When
    List<Alert> cutOff = reset(history, Map.of("meta.device", "2"));
    history.log(4, device(2)).log(5, device(1)).at(10_000);

    // Then
    assertThat(cutOff)
        .singleElement()
        .satisfies(alert -> assertThat(alert.group()).containsEntry("meta.device", 2));
    assertThat(history.lines())
        .containsExactly("2 firing 2 from 2", "5 firing 2 from 5", "7200 resolved 2 from 5");
  }

  @Test
  void whatIsResetStaysForgottenAfterARestart() {
    // Given
    History history = new History(PAIR).log(0, device(1)).log(1, device(1));

    // When
    List<Alert> cutOff = reset(history, Map.of("meta.device", "1"));
    history.restart(PAIR).log(4, device(1)).at(10_000);

    // Then
    assertThat(cutOff).hasSize(1);
    assertThat(history.lines()).containsExactly("1 firing 2 from 1");
  }

  @Test
  void anExpectedGroupIsWaitedForFromTheReset() {
    // Given
    History history =
        new History(
                """
                rules:
                  - name: silent
                    match: { event: beat }
                    group-by: [service]
                    absent-for: 5m
                    expect: [ { service: api } ]
                """)
            .at(0)
            .at(400);

    // When
    List<Alert> cutOff =
        history.engine.reset("silent", Map.of(), History.second(500), "reset by ayse");
    history.at(799).at(800);

    // Then
    assertThat(cutOff).hasSize(1);
    assertThat(history.lines()).containsExactly("300 firing 300 from 0", "800 firing 300 from 500");
  }

  @Test
  void otherRulesAndUnknownOnesAreLeftAlone() {
    // Given
    History history = new History(PAIR).log(0, device(1));

    // When
    List<Alert> cutOff =
        history.engine.reset("other", Map.of(), History.second(3), "reset by ayse");
    history.log(4, device(1));

    // Then
    assertThat(cutOff).isEmpty();
    assertThat(history.lines()).containsExactly("4 firing 2 from 4");
  }

  private static List<Alert> reset(History history, Map<String, String> where) {
    return history.engine.reset("pair", where, History.second(3), "reset by ayse");
  }

  private static Map<String, Object> device(int number) {
    return Map.of("device", number);
  }
}
