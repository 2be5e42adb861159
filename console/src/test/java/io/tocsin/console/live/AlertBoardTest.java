package io.tocsin.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.console.Samples;
import io.tocsin.event.Alert;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AlertBoardTest {

  private static final Instant T = Instant.parse("2026-11-21T10:00:00Z");

  private final AtomicInteger evicted = new AtomicInteger();
  private final AlertBoard board = new AlertBoard(10, evicted::addAndGet);

  @Test
  void whenThereAreTooManyTheLongestResolvedLeaveFirst() {
    // Given
    for (int i = 0; i < 6; i++) {
      board.put(Samples.alert("firing-" + i, Alert.Status.FIRING, T.minusSeconds(1000 + i)));
    }

    // When
    for (int i = 0; i < 6; i++) {
      board.put(Samples.alert("resolved-" + i, Alert.Status.RESOLVED, T.plusSeconds(i)));
    }

    // Then
    assertThat(board.size()).isEqualTo(10);
    assertThat(evicted).hasValue(2);
    assertThat(board.count(Alert.Status.FIRING)).isEqualTo(6);
    assertThat(board.newestFirst())
        .extracting(Alert::rule)
        .startsWith("resolved-5", "resolved-4", "resolved-3", "resolved-2", "firing-0");
  }

  @Test
  void aLaterTransitionTakesThePlaceOfTheEarlier() {
    // When
    board.put(Samples.alert("a", Alert.Status.FIRING, T));
    board.put(Samples.alert("a", Alert.Status.RESOLVED, T.plusSeconds(5)));

    // Then
    assertThat(board.newestFirst())
        .singleElement()
        .extracting(Alert::status)
        .isEqualTo(Alert.Status.RESOLVED);
  }
}
