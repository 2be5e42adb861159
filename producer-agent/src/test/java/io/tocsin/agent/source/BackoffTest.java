package io.tocsin.agent.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void doublesFromHalfASecondToThirtySecondsAndStaysThere() {
    // Given
    Backoff backoff = new Backoff(() -> 0.0);

    // Then
    assertThat(Stream.generate(backoff::next).limit(9).map(Duration::toMillis))
        .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 16000L, 30000L, 30000L, 30000L);
  }

  @Test
  void chanceCutsUpToAQuarter() {
    assertThat(new Backoff(() -> 0.999_999).next()).isBetween(ms(375), ms(376));
  }

  @Test
  void beginsAgainAfterASuccess() {
    // Given
    Backoff backoff = new Backoff(() -> 0.0);
    backoff.next();
    backoff.next();

    // When
    backoff.reset();

    // Then
    assertThat(backoff.next()).isEqualTo(ms(500));
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }
}
