package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RehearsalTest {

  @Test
  void recordsAreSentThoughThereIsNoBroker() {
    // It ends with 1 when none was acknowledged.
    assertThat(TocsinCommand.executeAgent("rehearse")).isZero();
  }
}
