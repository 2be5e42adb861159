package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesValidateTest {

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
  void aMissingFileIsNamed() {
    // When
    Invocation validate = Invocation.of("rules", "validate", folder.resolve("no.yaml").toString());
    // Then
    assertThat(validate.status()).isEqualTo(2);
    assertThat(validate.err()).contains("no.yaml").doesNotContain("Exception");
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }
}
