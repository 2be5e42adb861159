package io.tocsin.agent.source.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckerTest {

  @Test
  void aCheckRightBehindAnotherIsNotTakenForAHangingOne() throws Exception {
    // Given: of two thousand, some would meet the thread of the one before on its way out
    Checker checker = new Checker("x", Duration.ofSeconds(30), Well::new);

    // When
    List<Boolean> wells = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      wells.add(checker.check().isWell());
    }

    // Then
    assertThat(wells).doesNotContain(false);
  }

  /** A check that is over at once. */
  private static final class Well implements Check {

    @Override
    public Finding run() {
      return Finding.well("well", 1, Map.of());
    }

    @Override
    public void close() {}
  }
}
