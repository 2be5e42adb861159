package io.tocsin.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.topics.TopicAdmin;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RulesCommandTest {

  private static final String TEST =
      """
      rules: rules.yaml
      events:
        - { ts: "2025-12-10T12:00:00Z", service: api, level: ERROR }
      expect:
        - { at: "2025-12-10T12:00:00Z", rule: error, status: firing }
        - { at: "2025-12-10T12:00:02Z", rule: error, status: resolved }
      until: "2025-12-10T13:00:00Z"
      """;

  @TempDir private Path dir;
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void writeRules() throws IOException {
    Files.writeString(
        dir.resolve("rules.yaml"),
        """
        rules:
          - name: error
            match: { level: ERROR }
            count: 1
            within: 1s
        """);
  }

  @Test
  void testsThatPassGiveZero() throws IOException {
    assertThat(test(TEST)).isZero();
    assertThat(out.toString()).contains("ok ", "2 transitions", "1 passed, 0 failed");
  }

  @Test
  void aTestThatFailsGivesOneAndTheDifference() throws IOException {
    assertThat(test(TEST.replace("12:00:02Z", "12:00:03Z"))).isEqualTo(1);
    assertThat(out.toString()).contains("  - line 6", "  + ", "0 passed, 1 failed");
  }

  @Test
  void aBackTestGivesOneTransitionALine() throws IOException {
    // Given
    Path events = dir.resolve("events.ndjson");
    Files.writeString(
        events, "{\"ts\":\"2025-12-10T12:00:00Z\",\"service\":\"api\",\"level\":\"ERROR\"}\n");

    // When
    int status =
        run(
            "backtest",
            "--rules",
            dir.resolve("rules.yaml").toString(),
            "--events",
            events.toString(),
            "--until",
            "2025-12-10T13:00:00Z",
            "--output",
            "ndjson");

    // Then
    assertThat(status).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "{\"at\":\"2025-12-10T12:00:00.000Z\",\"rule\":\"error\",\"group\":{},"
                + "\"status\":\"firing\",\"value\":1,\"startsAt\":\"2025-12-10T12:00:00.000Z\"}",
            "{\"at\":\"2025-12-10T12:00:02.000Z\",\"rule\":\"error\",\"group\":{},"
                + "\"status\":\"resolved\",\"value\":1,\"startsAt\":\"2025-12-10T12:00:00.000Z\"}");
  }

  @Test
  void whatIsConvertedIsARuleFileAndWhatIsNotIsNamed() throws IOException {
    // Given
    Path theirs =
        Files.writeString(
            dir.resolve("alerts.yml"),
            "groups: [ { rules: [ { alert: Hot, expr: 'avg_over_time(t[5m]) > 80' },"
                + " { alert: Fast, expr: 'rate(x[5m]) > 1' } ] } ]");

    // When
    int status = run("convert", "--from", "prometheus", theirs.toString());
    Path ours = Files.writeString(dir.resolve("converted.yaml"), shown());

    // Then
    assertThat(status).isEqualTo(1);
    assertThat(run("validate", ours.toString())).isZero();
    assertThat(shown()).contains("good, 1 rule");
  }

  @Test
  void theSchemaIsPrintedWhole() {
    assertThat(run("schema")).isZero();
    assertThat(shown()).startsWith("{").contains("\"inhibited-by\"").endsWith("}\n");
  }

  @Test
  void appliedRulesAreListedAndChangedNoMoreThanNeeded() {
    try (EmbeddedKafka broker =
        EmbeddedKafka.start(EmbeddedKafka.Options.in(dir.resolve("kafka")))) {
      // Given
      TopicAdmin.applyDefaults(KafkaSettings.of(broker.bootstrapServers()));
      String[] apply = {
        "apply",
        dir.resolve("rules.yaml").toString(),
        "--by",
        "tester",
        "--bootstrap-servers",
        broker.bootstrapServers()
      };

      // When
      int first = run(apply);
      String applied = shown();
      int second = run(apply);
      String again = shown();
      int listed = run("list", "--bootstrap-servers", broker.bootstrapServers());
      String table = shown();
      int asLines =
          run("list", "--bootstrap-servers", broker.bootstrapServers(), "--output", "ndjson");

      // Then
      assertThat(List.of(first, second, listed, asLines)).containsOnly(0);
      assertThat(applied.lines()).containsExactly("+ error", "0 rules unchanged", "Done.");
      assertThat(again.lines()).containsExactly("1 rule unchanged");
      assertThat(table.lines().skip(1))
          .singleElement()
          .asString()
          .matches("error +medium +1 +\\d{4}.*Z  tester");
      assertThat(shown().lines())
          .singleElement()
          .asString()
          .matches(
              "\\{\"name\":\"error\",\"readable\":true,\"severity\":\"medium\",\"revision\":1,"
                  + "\"at\":\"\\d{4}.*Z\",\"by\":\"tester\"}");
    }
  }

  private String shown() {
    String shown = out.toString();
    out.getBuffer().setLength(0);
    return shown;
  }

  private int test(String test) throws IOException {
    Files.writeString(dir.resolve("test.yaml"), test);
    return run("test", dir.resolve("test.yaml").toString());
  }

  private int run(String... arguments) {
    return new CommandLine(new RulesCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true))
        .execute(arguments);
  }
}
