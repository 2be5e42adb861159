package io.tocsin.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigValuesTest {

  record Inner(@Nullable Pattern pattern, @Default("1") int number) {}

  record Root(
      @Default("[]") List<Inner> items,
      @Default("{}") Map<String, Inner> named,
      @Nullable Secret secret,
      @Nullable KafkaSettings kafka) {}

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "items: [ { pattern: 'a+' }, { number: 2 } ]",
        "named: { x: { pattern: 'a+', number: 3 } }",
        "kafka: { bootstrap-servers: 'kafka:9092', security.protocol: SSL }",
      })
  void whatIsReadTwiceIsTheSame(String yaml) {
    assertThat(ConfigValues.same(read(yaml), read(yaml))).isTrue();
    assertThat(ConfigValues.same(read(yaml), read("items: []"))).isFalse();
  }

  @Test
  void aSecretOfOtherContentIsAnother() throws Exception {
    // Given
    Path file = Files.writeString(dir.resolve("secret"), "one");
    Root before = read("secret: { file: " + file + " }");
    // When
    Files.writeString(file, "two");
    Root after = read("secret: { file: " + file + " }");
    // Then
    assertThat(ConfigValues.same(before, after)).isFalse();
    assertThat(ConfigValues.same(after, read("secret: { file: " + file + " }"))).isTrue();
  }

  private static Root read(String yaml) {
    return ConfigReader.read("test", yaml, Root.class);
  }
}
