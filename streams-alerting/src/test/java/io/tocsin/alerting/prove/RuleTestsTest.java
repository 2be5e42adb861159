package io.tocsin.alerting.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.bootstrap.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleTestsTest {

  private static final String TEST =
      """
      rules: rules.yaml
      events:
        - { ts: "2025-12-10T12:00:00Z", service: api, level: ERROR, user_id: u1 }
        - { ts: "2025-12-10T12:00:02Z", service: api, level: ERROR, user_id: u1 }
      expect:
        - { at: "2025-12-10T12:00:02Z", rule: burst, group: { meta.user_id: u1 }, status: firing, value: 2 }
        - { at: "2025-12-10T12:01:05Z", rule: burst, status: resolved }
      until: "2025-12-10T12:10:00Z"
      """;

  @TempDir private Path dir;

  @BeforeEach
  void writeRules() throws IOException {
    Files.writeString(
        dir.resolve("rules.yaml"),
        """
        rules:
          - name: burst
            match: { level: ERROR }
            group-by: [meta.user_id]
            count: 2
            within: 1m
            resolve-after: 5s
        """);
  }

  @Test
  void passesWhenExactlyTheExpectedHappens() throws IOException {
    // When
    RuleTestResult result = run(TEST);

    // Then
    assertThat(result.report()).isEqualTo("ok      " + file() + ", 2 transitions");
    assertThat(result.passed()).isTrue();
  }

  @Test
  void showsWhatDiffersWithTheLineOfTheTest() throws IOException {
    // When
    RuleTestResult result = run(TEST.replace("12:01:05Z", "12:01:06Z"));

    // Then
    assertThat(result.passed()).isFalse();
    assertThat(result.report().lines())
        .containsExactly(
            "FAILED  %s, expected but not happened (-): 1, happened but not expected (+): 1"
                .formatted(file()),
            """
                        {"at":"2025-12-10T12:00:02.000Z","rule":"burst","group":{"meta.user_id":"u1"},\
            "status":"firing","value":2,"startsAt":"2025-12-10T12:00:02.000Z"}""",
            "  - line 7  "
                + """
            {"at":"2025-12-10T12:01:06.000Z","rule":"burst","status":"resolved"}""",
            """
              +         {"at":"2025-12-10T12:01:05.000Z","rule":"burst","group":{"meta.user_id":"u1"},\
            "status":"resolved","value":2,"startsAt":"2025-12-10T12:00:02.000Z"}""");
  }

  @Test
  void expectationsMayStandInAnyOrder() throws IOException {
    // Given
    String[] lines = TEST.split("\n");
    String first = lines[5];
    lines[5] = lines[6];
    lines[6] = first;

    // When
    RuleTestResult result = run(String.join("\n", lines));

    // Then
    assertThat(result.passed()).as(result::report).isTrue();
  }

  @Test
  void whatHappensBeyondTheExpectedFails() throws IOException {
    // When
    RuleTestResult result = run(TEST.replaceAll("(?s)expect:.*until", "expect: []\nuntil"));

    // Then
    assertThat(result.passed()).isFalse();
    assertThat(result.report()).contains("(-): 0", "(+): 2");
  }

  @Test
  void eventsMayStandInARecording() throws IOException {
    // Given
    Files.writeString(
        dir.resolve("events.ndjson"),
        """
        {"ts":"2025-12-10T12:00:00Z","service":"api","level":"ERROR","user_id":"u1"}
        {"ts":"2025-12-10T12:00:02Z","service":"api","level":"ERROR","user_id":"u1"}
        """);

    // When
    RuleTestResult result =
        run(TEST.replaceAll("(?s)events:.*expect", "events: { file: events.ndjson }\nexpect"));

    // Then
    assertThat(result.passed()).as(result::report).isTrue();
  }

  @Test
  void everyProblemOfEveryTestIsNamedAtOnce() throws IOException {
    // Given
    Path other = dir.resolve("other.yaml");
    Files.writeString(other, "rules: none.yaml\nevents: []\nexpect: []\n");
    Files.writeString(
        file(),
        """
        rules: rules.yaml
        events: [{ service: api }, { ts: soon }]
        expect: [{ rule: burst, status: rings }, { at: noon, rule: burst, status: firing }, {}]
        util: 12
        """);

    // When
    ConfigException problems =
        catchThrowableOfType(ConfigException.class, () -> RuleTests.run(List.of(file(), other)));

    // Then
    assertThat(problems.problems().stream().map(p -> p.line() + " " + p.key()))
        .containsExactly(
            "2 events[0].ts",
            "3 expect[0].status",
            "3 expect[1].at",
            "3 expect[2].rule",
            "4 util",
            "1 rules");
  }

  private RuleTestResult run(String test) throws IOException {
    Files.writeString(file(), test);
    return RuleTests.run(List.of(file())).getFirst();
  }

  private Path file() {
    return dir.resolve("test.yaml");
  }
}
