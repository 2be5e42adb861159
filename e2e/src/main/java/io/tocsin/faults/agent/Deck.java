package io.tocsin.faults.agent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Faults as a pack of cards: in any order, but each comes up before one comes up again. */
final class Deck {

  private final List<Fault> cards;
  private final Random random;
  private final Deque<Fault> left = new ArrayDeque<>();

  Deck(List<Fault> cards, Random random) {
    this.cards = List.copyOf(cards);
    this.random = random;
  }

  Fault draw() {
    if (left.isEmpty()) {
      List<Fault> shuffled = new ArrayList<>(cards);
      Collections.shuffle(shuffled, random);
      left.addAll(shuffled);
    }
    return left.removeFirst();
  }
}
