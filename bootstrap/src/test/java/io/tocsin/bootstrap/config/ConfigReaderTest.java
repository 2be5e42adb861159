package io.tocsin.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {

  enum Parity {
    NONE,
    EVEN_PARITY
  }

  sealed interface Shape permits Line, Circle {}

  record Line(int length) implements Shape {}

  @Named("round")
  record Circle(int radius) implements Shape {}

  record Port(int number) {
    Port {
      InvalidValueException.require(number < 10, "number", number, "must be below 10");
    }
  }

  record Everything(
      String name,
      @Default("5s") Duration every,
      @Default("64KiB") DataSize limit,
      @Default("UTC") ZoneId zone,
      @Default("none") Parity parity,
      @Default("[]") List<Shape> shapes,
      @Default("{}") Map<String, Integer> counts,
      @Nullable Port port,
      @Nullable Secret token) {}

  @Test
  void whatIsLeftOutTakesItsDefault() {
    Everything read = ConfigReader.read("f", "name: x", Everything.class);
    assertThat(read)
        .isEqualTo(
            new Everything(
                "x",
                Duration.ofSeconds(5),
                new DataSize(65_536),
                ZoneId.of("UTC"),
                Parity.NONE,
                List.of(),
                Map.of(),
                null,
                null));
  }

  @Test
  void everyKeyIsHonoured() {
    // Given
    String yaml =
        """
        name: x
        every: 2m
        limit: 1GiB
        zone: Europe/Istanbul
        parity: even-parity
        shapes: [ line: { length: 3 }, round: { radius: 4 } ]
        counts: { a: 1, b: 2 }
        port: { number: 9 }
        """;
    // When
    Everything read = ConfigReader.read("f", yaml, Everything.class);
    // Then
    assertThat(read)
        .isEqualTo(
            new Everything(
                "x",
                Duration.ofMinutes(2),
                new DataSize(1L << 30),
                ZoneId.of("Europe/Istanbul"),
                Parity.EVEN_PARITY,
                List.of(new Line(3), new Circle(4)),
                Map.of("a", 1, "b", 2),
                new Port(9),
                null));
  }

  record Reserved(@Named("continue") @Default("false") boolean goesOn) {}

  @Test
  void aComponentMayStandUnderAKeyThatJavaReserves() {
    assertThat(ConfigReader.read("f", "continue: true", Reserved.class))
        .isEqualTo(new Reserved(true));
    assertThatThrownBy(() -> ConfigReader.read("f", "goes-on: true", Reserved.class))
        .hasMessageContaining("is no key here");
  }

  @Test
  void aDurationThatIsRefusedIsToldAsItWasWritten() {
    assertThatThrownBy(
            () ->
                InvalidValueException.require(
                    false, "every", Duration.ofMillis(10), "must be at least 1s"))
        .hasMessage("every: '10ms' must be at least 1s");
  }

  @Test
  void everyProblemIsReportedAtOnceWithItsLine() {
    // Given
    String yaml =
        """
        nam: x
        every: 5
        parity: odd
        shapes:
          - line: { length: three }
          - square: { length: 3 }
        port:
          number: 12
        token: hunter2
        """;
    // When, then
    assertThatThrownBy(() -> ConfigReader.read("f.yaml", yaml, Everything.class))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::toString)
                    .containsExactly(
                        "f.yaml:1: nam: is no key here (did you mean 'name'?)",
                        "f.yaml:1: name: is missing",
                        "f.yaml:2: every: '5' must be a duration with its unit, such as 500ms, 5s,"
                            + " 1m or 2h",
                        "f.yaml:3: parity: 'odd' must be one of none, even-parity",
                        "f.yaml:5: shapes[0].line.length: 'three' must be a whole number",
                        "f.yaml:6: shapes[1]: 'square' must be one of line, round (this version has"
                            + " no other; take it out)",
                        "f.yaml:8: port.number: '12' must be below 10",
                        "f.yaml:9: token: must be { env: NAME } or { file: PATH } (secrets"
                            + " do not stand in configuration files)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a: [1'       | is no YAML",
        "''            | the file is empty",
        "'name: 1\nname: 2' | name: stands twice",
        "'[1, 2]'      | must be a mapping",
      })
  void whatIsNoMappingIsSaidPlainly(String yaml, String message) {
    assertThatThrownBy(() -> ConfigReader.read("f", yaml, Everything.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aSecretThatStandsInTheFileIsRefusedWithoutBeingShown() {
    assertThatThrownBy(
            () -> ConfigReader.read("f", "{ name: x, token: hunter2 }", Everything.class))
        .hasMessageContaining("token: must be { env: NAME } or { file: PATH }")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aSecretIsReadButNeverShown(@TempDir Path folder) throws Exception {
    // Given
    Path file = Files.writeString(folder.resolve("token"), "s3cret\n");
    // When
    Everything read =
        ConfigReader.read("f", "name: x\ntoken: { file: " + file + " }", Everything.class);
    // Then
    assertThat(read.token().reveal()).isEqualTo("s3cret");
    assertThat(read.toString()).doesNotContain("s3cret").contains(file.toString());
  }

  @Test
  void kafkaSettingsTakeAnyClientPropertyAndHideSecrets(@TempDir Path folder) throws Exception {
    // Given
    Path jaas = Files.writeString(folder.resolve("jaas"), "password=hidden");
    String yaml =
        "bootstrap-servers: \"k:9092\"\nsecurity.protocol: SASL_SSL\nsasl.jaas.config: { file: "
            + jaas
            + " }";
    // When
    KafkaSettings settings = ConfigReader.read("f", yaml, KafkaSettings.class);
    // Then
    assertThat(settings.with(Map.of("acks", "all", "security.protocol", "PLAINTEXT")))
        .containsEntry("bootstrap.servers", "k:9092")
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.jaas.config", "password=hidden")
        .containsEntry("acks", "all");
    assertThat(settings.toString()).doesNotContain("hidden");
  }

  @ParameterizedTest
  @CsvSource({
    "500ms,500ms",
    "60s,1m",
    "90s,90s",
    "3600s,1h",
    "24h,24h",
    "48h,2d",
    "7d,7d",
    "1w,7d",
    "0s,0s"
  })
  void durationsAreWrittenAsTheyAreRead(String text, String shortest) {
    assertThat(Durations.format(Durations.parse(text))).isEqualTo(shortest);
    assertThat(Durations.parse(shortest)).isEqualTo(Durations.parse(text));
  }

  @Test
  void aTypeThatReadsItselfGathersItsProblems() {
    // Given
    ConfigNode root = ConfigReader.read("rules.yaml", "a: 1\na: 2\n", ConfigNode.class);
    // When
    List<Problem> problems = ConfigReader.problemsOf(root::keys);
    // Then
    assertThat(problems)
        .singleElement()
        .hasToString("rules.yaml:2: a: stands twice (keep one of them)");
  }

  @Test
  void problemsOfSeveralFilesStandFileByFile() {
    // Given
    Problem first = new Problem("a.yaml", 9, "", null, "is bad", "");
    Problem second = new Problem("b.yaml", 1, "", null, "is bad", "");
    // When
    ConfigException thrown = new ConfigException(List.of(first, second));
    // Then
    assertThat(thrown.problems()).containsExactly(first, second);
  }
}
