package io.tocsin.alerting.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTest {

  private static final String RULES =
      """
      rules:
        - name: burst
          match: { service: api, level: { gte: ERROR } }
          group-by: [service]
          count: 3
          within: 1m
          resolve-after: 30s
      """;

  @Test
  void firesOnTheRecordThatTipsItAndResolves() {
    // Given
    History history = new History(RULES);
    // When
    history.log(0, "ERROR").log(1, "INFO").log(2, "CRITICAL").log(4, "ERROR").at(600);
    // Then
    assertThat(history.lines()).containsExactly("4 firing 3 from 4", "90 resolved 3 from 4");
  }

  @Test
  void windowIsOpenAtItsStart() {
    // Given
    History history = new History(RULES);
    // When
    history.log(0, "ERROR").log(30, "ERROR").log(60, "ERROR").log(90, "ERROR");
    // Then
    assertThat(history.lines()).isEmpty();
  }

  @Test
  void lateBurstFiresAndResolvesTogether() {
    // Given
    History history = new History(RULES).at(3600);
    // When
    history.late(0, "ERROR", null).late(1, "ERROR", null).late(2, "ERROR", null);
    // Then
    assertThat(history.lines()).containsExactly("3600 firing 3 from 2", "3600 resolved 3 from 2");
  }

  @Test
  void duplicatesAndRecordsOlderThanTheWindowDoNotCount() {
    // Given
    History history = new History(RULES).at(100);
    // When
    history
        .late(100, "ERROR", "a/s/1/7")
        .late(100, "ERROR", "a/s/1/7")
        .late(100, "ERROR", "foreign")
        .late(100, "ERROR", "foreign")
        .late(40, "ERROR", "a/s/1/2");
    // Then
    assertThat(history.lines()).isEmpty();
    assertThat(history.engine.stats().duplicatesIgnored()).isEqualTo(2);
    assertThat(history.engine.stats().lateIgnored()).isEqualTo(1);
  }

  @Test
  void stateSurvivesARestart() {
    // Given
    History history = new History(RULES).log(0, "ERROR").log(1, "ERROR");
    // When
    history.restart(RULES).log(2, "ERROR").restart(RULES).at(600);
    // Then
    assertThat(history.lines()).containsExactly("2 firing 3 from 2", "90 resolved 3 from 2");
  }

  @Test
  void conditionHasToHoldForAWhile() {
    // Given
    History history = new History(RULES.replace("resolve-after: 30s", "for: 60s"));
    // When
    history.log(0, "ERROR").log(0, "ERROR").log(0, "ERROR").at(300);
    // Then: it stops holding at the very moment it would fire
    assertThat(history.lines()).isEmpty();
  }
}
