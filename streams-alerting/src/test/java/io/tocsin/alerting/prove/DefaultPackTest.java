package io.tocsin.alerting.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the default pack rings and resolves as its test in {@code pack/} says. */
class DefaultPackTest {

  private static final Path TESTS = Path.of("src/test/resources/pack");

  static Stream<String> names() {
    return RuleSet.defaultPack().rules().stream().map(AlertRule::name);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void ringsAndResolves(String rule) {
    // When
    RuleTestResult result = RuleTests.run(List.of(TESTS.resolve(rule + ".yaml"))).getFirst();

    // Then
    assertThat(result.passed()).as(result::report).isTrue();
    assertThat(result.report()).startsWith("ok").doesNotContain(", 0 transitions");
  }

  @Test
  void everyTestIsOfARuleOfThePack() throws IOException {
    try (Stream<Path> files = Files.list(TESTS)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
          .containsExactlyInAnyOrderElementsOf(names().toList());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void hasItsEntryInTheRunbook(String rule) throws IOException {
    // Given
    String annotation =
        RuleSet.defaultPack().rules().stream()
            .filter(each -> each.name().equals(rule))
            .findFirst()
            .orElseThrow()
            .annotations()
            .get("runbook");

    // When
    List<String> headings =
        Files.readAllLines(root().resolve("docs/operations/runbook.md")).stream()
            .filter(line -> line.startsWith("#"))
            .toList();

    // Then
    assertThat(annotation).isEqualTo("docs/operations/runbook.md#" + rule);
    assertThat(headings).contains("### " + rule);
  }

  /** The repository's root: the folder that holds the wrapper. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
