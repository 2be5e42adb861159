package io.tocsin.faults.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That no fault is left to chance. */
class DeckTest {

  @Test
  void everyFaultComesBeforeOneComesAgain() {
    // Given
    List<Fault> faults = List.of(Fault.values());
    Deck deck = new Deck(faults, new Random(3));

    // When
    List<Fault> first = Stream.generate(deck::draw).limit(faults.size()).toList();
    List<Fault> second = Stream.generate(deck::draw).limit(faults.size()).toList();

    // Then
    assertThat(new HashSet<>(first)).hasSameSizeAs(faults);
    assertThat(new HashSet<>(second)).hasSameSizeAs(faults);
    assertThat(first).isNotEqualTo(second);
  }
}
