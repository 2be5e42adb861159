package io.tocsin.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RatesTest {

  private static final Instant T = Instant.parse("2026-11-21T10:00:00Z");

  private final Rates rates = new Rates(T);

  @Test
  void reportsWhatPassedASecondAndBeginsAnew() {
    // Given
    IntStream.range(0, 30).forEach(i -> rates.log());
    IntStream.range(0, 3).forEach(i -> rates.error(T));
    rates.telemetry();
    rates.skipped(7);

    // When
    LiveEvent first = rates.report(T.plusSeconds(2), 4, 2);
    LiveEvent second = rates.report(T.plusSeconds(4), 0, 1);

    // Then
    assertThat(text(first))
        .isEqualTo(
            """
            {"logsPerSecond":15.0,"errorsPerSecond":1.5,"telemetryPerSecond":0.5,"skipped":7,"firing":4,"watching":2}""");
    assertThat(text(second)).contains("\"logsPerSecond\":0.0", "\"skipped\":0");
  }

  @Test
  void aStormOfErrorsIsCountedWholeAndShownInPart() {
    // When
    long shown = IntStream.range(0, 500).filter(i -> rates.error(T.plusMillis(i))).count();

    // Then
    assertThat(shown).isEqualTo(50);
    assertThat(rates.error(T.plusMillis(1_000))).isTrue();
    assertThat(text(rates.report(T.plusSeconds(2), 0, 0))).contains("\"errorsPerSecond\":250.5");
  }

  private static String text(LiveEvent event) {
    return new String(event.json(), StandardCharsets.UTF_8);
  }
}
