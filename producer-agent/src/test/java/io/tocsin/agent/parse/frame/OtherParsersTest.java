package io.tocsin.agent.parse.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.event.Level;
import java.math.BigDecimal;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherParsersTest {

  /** The key as it stands in a file. */
  record File(FrameFormat parse) {}

  @Test
  void jsonNumbersAndTextAreValuesAndTheRestIsMeta() {
    // When
    ParsedFrame frame = parse("json", "{\"t\":21.50,\"on\":true,\"deep\":{\"a\":1}}");

    // Then
    assertThat(frame)
        .isEqualTo(
            new ParsedFrame.Measurement(
                "stat",
                Map.of("t", new BigDecimal("21.50"), "on", "true"),
                Map.of("deep", Map.of("a", 1))));
  }

  @Test
  void fieldsMakeAFrameALogEvent() {
    // When
    ParsedFrame frame =
        parse(
            "{ json: { fields: { level: sev, event: type, message: msg } } }",
            "{\"sev\":\"warn\",\"type\":\"door\",\"msg\":\"open\",\"n\":2}");

    // Then
    assertThat(frame)
        .isEqualTo(new ParsedFrame.Message(Level.WARNING, "door", "open", Map.of("n", 2)));
  }

  @Test
  void csvColumnsHaveTheirNamesAndMustAllBeThere() {
    // Given
    String format = "{ csv: { columns: [t, place], separator: ';', kind: climate } }";

    // Then
    assertThat(parse(format, "21.5;\"north; \"\"A\"\"\""))
        .isEqualTo(
            new ParsedFrame.Measurement(
                "climate", Map.of("t", new BigDecimal("21.5"), "place", "north; \"A\""), Map.of()));
    assertThat(parse(format, "5")).isEqualTo(new ParsedFrame.Unreadable(Rejection.UNPARSED));
  }

  @Test
  void csvWithoutNamesCountsItsColumns() {
    assertThat(parse("csv", "1,b"))
        .isEqualTo(
            new ParsedFrame.Measurement("stat", Map.of("column1", 1L, "column2", "b"), Map.of()));
  }

  @Test
  void aPatternNamesWhatItFinds() {
    // Given
    String format = "{ regex: '(?<celsius>[0-9.]+) C(?: at (?<place>\\w+))?' }";

    // Then
    assertThat(parse(format, "21.5 C"))
        .isEqualTo(
            new ParsedFrame.Measurement(
                "stat", Map.of("celsius", new BigDecimal("21.5")), Map.of()));
    assertThat(parse(format, "warm")).isEqualTo(new ParsedFrame.Unreadable(Rejection.UNPARSED));
  }

  @Test
  void taggedPairsMayNameOtherTagsThatMeasure() {
    assertThat(parse("{ tagged-pairs: { telemetry: [meter] } }", "METER;V=230;"))
        .isEqualTo(new ParsedFrame.Measurement("meter", Map.of("V", 230L), Map.of()));
  }

  @Test
  void aPatternThatRecursesTooDeepIsGivenUp() {
    assertThat(parse("{ regex: '(?<x>(a|b)*)c' }", "ab".repeat(100_000)))
        .isEqualTo(new ParsedFrame.Unreadable(Rejection.TOO_SLOW));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "xml | 'xml' must be one of tagged-pairs, json, csv, regex",
        "regex | needs a pattern",
        "{ regex: '(' } | must be a regular expression",
        "{ regex: { pattern: 'a' } } | must have named groups",
        "{ csv: { separator: ';;' } } | ';;' must be one character",
        "{ json: {}, csv: {} } | must be one of"
      })
  void aFormatThatIsNoneIsRefused(String format, String problem) {
    Assertions.assertThatThrownBy(() -> parse(format, ""))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void aPatternThatWouldNotEndIsGivenUp() {
    // When, Then
    assertThat(parse("{ regex: '(?<t>(a|aa)+)b' }", "a".repeat(4_000)))
        .isEqualTo(new ParsedFrame.Unreadable(Rejection.TOO_SLOW));
  }

  private static ParsedFrame parse(String format, String frame) {
    return ConfigReader.read("agent.yaml", "parse: " + format, File.class)
        .parse()
        .parser()
        .parse(frame.getBytes(UTF_8));
  }
}
