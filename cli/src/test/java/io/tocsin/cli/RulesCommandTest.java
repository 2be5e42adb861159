package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandTest {

  private static final String RULES =
      """
      rules:
        - name: two-errors
          severity: high
          match: { service: api, level: ERROR }
          group-by: [service]
          count: 2
          within: 1m
          summary: "{value} errors in {within}"
      """;

  private static final String EVENTS =
      """
      {"ts":"2026-01-01T00:00:00Z","service":"api","level":"ERROR","event":"e","message":"one"}
      {"ts":"2026-01-01T00:00:10Z","service":"api","level":"INFO","event":"e","message":"well"}
      {"ts":"2026-01-01T00:00:20Z","service":"api","level":"ERROR","event":"e","message":"two"}
      {"ts":"2026-01-01T00:05:00Z","service":"api","level":"INFO","event":"e","message":"well"}
      """;

  @TempDir private Path folder;

  @Test
  void goodRulesAreCounted() throws IOException {
    // When
    Invocation validate = Invocation.of("rules", "validate", file("rules.yaml", RULES));
    // Then
    assertThat(validate.status()).isZero();
    assertThat(validate.out()).contains("good, 1 rule");
  }

  @Test
  void everyProblemIsToldWithItsLine() throws IOException {
    // Given
    String broken = RULES.replace("count: 2", "count: none").replace("high", "urgent");
    // When
    Invocation validate = Invocation.of("rules", "validate", file("rules.yaml", broken));
    // Then
    assertThat(validate.status()).isEqualTo(2);
    assertThat(validate.err())
        .contains("rules.yaml:3", "urgent")
        .contains("rules.yaml:6", "none")
        .contains("2 problems")
        .doesNotContain("Exception");
  }

  @Test
  void aBacktestGivesBothTransitionsOfTheBurst() throws IOException {
    // When
    Invocation backtest = backtest("ndjson");
    // Then
    assertThat(backtest.status()).isZero();
    assertThat(backtest.out().lines())
        .satisfiesExactly(
            firing -> assertThat(firing).contains("\"firing\"", "2026-01-01T00:00:20.000Z"),
            resolved -> assertThat(resolved).contains("\"resolved\""));
  }

  @Test
  void aTableHasAHead() throws IOException {
    // When
    Invocation backtest = backtest("table");
    // Then
    assertThat(backtest.out().lines()).hasSize(3);
  }

  @Test
  void aTestThatFailsSaysWhatCameInstead() throws IOException {
    // Given
    String rules = Path.of(file("rules.yaml", RULES)).getFileName().toString();
    String test =
        """
        rules: %s
        events:
          - { ts: '2026-01-01T00:00:00Z', service: api, level: ERROR }
          - { ts: '2026-01-01T00:00:20Z', service: api, level: ERROR }
        expect:
          - { at: '2026-01-01T00:00:20Z', rule: two-errors, status: firing, value: %d }
        until: '2026-01-01T00:00:30Z'
        """;
    // When
    Invocation good = Invocation.of("rules", "test", file("good.yaml", test.formatted(rules, 2)));
    Invocation bad = Invocation.of("rules", "test", file("bad.yaml", test.formatted(rules, 3)));
    // Then
    assertThat(good.status()).isZero();
    assertThat(good.out()).contains("1 passed, 0 failed");
    assertThat(bad.status()).isEqualTo(1);
    assertThat(bad.out()).contains("bad.yaml", "two-errors", "0 passed, 1 failed");
  }

  @Test
  void aMissingFileIsNamed() {
    // When
    Invocation validate = Invocation.of("rules", "validate", folder.resolve("no.yaml").toString());
    // Then
    assertThat(validate.status()).isEqualTo(2);
    assertThat(validate.err()).contains("no.yaml").doesNotContain("Exception");
  }

  private Invocation backtest(String output) throws IOException {
    return Invocation.of(
        "rules",
        "backtest",
        "--rules",
        file("rules.yaml", RULES),
        "--events",
        file("events.ndjson", EVENTS),
        "--until",
        "2026-01-01T00:10:00Z",
        "--output",
        output);
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }
}
