package io.tocsin.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Level;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LevelSniffTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"level\":\"ERROR\"}                                   | ERROR",
        "{\"ts\":\"x\",\"level\":\"warn\",\"rest\":[            | WARNING",
        "{\"meta\":{\"level\":\"ERROR\"},\"level\":\"INFO\"}     | INFO",
        "{\"tags\":[{\"level\":\"ERROR\"}],\"level\":3}          | ERROR",
      })
  void findsTheLevelOfTheEventAndOfNothingWithin(String json, Level level) {
    assertThat(LevelSniff.of(json.getBytes(StandardCharsets.UTF_8))).hasValue(level);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"level\":null}",
        "{\"level\":{\"is\":\"ERROR\"}}",
        "{\"meta\":{\"level\":\"ERROR\"}}",
        "{\"ts\":",
        "rubbish",
      })
  void hasNoneForAnythingElse(String json) {
    assertThat(LevelSniff.of(json.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }
}
