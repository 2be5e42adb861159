package io.tocsin.notifier.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2025-12-10T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "30, PT30S",
    "' 7 ', PT7S",
    "'Wed, 10 Dec 2025 12:01:00 GMT', PT1M",
    "'Wed, 10 Dec 2025 11:00:00 GMT', PT0S"
  })
  void secondsAndDatesAreUnderstood(String value, Duration wait) {
    assertThat(RetryAfter.parse(value, NOW)).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1.5", "99999999999999999999", "Wed, 99 Dec 2025"})
  void nothingElseIs(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isEqualTo(Optional.empty());
  }

  @Test
  void aDateInAnotherZoneIsStillAMoment() {
    assertThat(RetryAfter.parse("Wed, 10 Dec 2025 15:00:10 +0300", NOW))
        .contains(Duration.ofSeconds(10));
  }
}
