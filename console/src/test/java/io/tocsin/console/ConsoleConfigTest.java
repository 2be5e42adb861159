package io.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleConfigTest {

  @Test
  void defaults() {
    assertThat(ConfigReader.read("test", "{}", ConsoleConfig.class))
        .isEqualTo(
            new ConsoleConfig(
                List.of(), Duration.ofSeconds(10), 10_000, 64, 256, Duration.ofSeconds(15)));
  }

  @Test
  void everyKeyArrives() {
    // Given
    String yaml =
        """
        hosts: [tocsin.example.org]
        search-timeout: 3s
        alerts-kept: 500
        watchers: 5
        stream-queue: 32
        heartbeat: 7s
        """;

    // When
    ConsoleConfig config = ConfigReader.read("test", yaml, ConsoleConfig.class);

    // Then
    assertThat(config)
        .isEqualTo(
            new ConsoleConfig(
                List.of("tocsin.example.org"),
                Duration.ofSeconds(3),
                500,
                5,
                32,
                Duration.ofSeconds(7)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alerts-kept: 5        | alerts-kept: '5' must be from 100 to 1000000",
        "watchers: 0           | watchers: '0' must be from 1 to 10000",
        "stream-queue: 3       | stream-queue: '3' must be from 16 to 10000",
        "heartbeat: 10ms       | must be between 100ms and 5m",
        "search-timeout: 1h    | must be between 100ms and 5m",
        "hosts: ['http://a']   | must be names such as tocsin.example.org",
      })
  void aBadValueIsRefusedWithItsRule(String yaml, String problem) {
    assertThatThrownBy(() -> ConfigReader.read("test", yaml, ConsoleConfig.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }
}
