package io.tocsin.faults.alerting;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What a round does to alerting. */
enum AlertingFault {
  ONE_KILLED("one killed"),
  ONE_KILLED_FOR_LONG("one killed until its partitions moved"),
  BOTH_KILLED("both killed"),
  ONE_STOPPED_FOR_LONG("one stopped until its partitions moved"),
  BROKER_KILLED("broker killed"),
  BOTH_AWAY("both away for longer than the absence rule waits");

  private final String words;

  AlertingFault(String words) {
    this.words = words;
  }

  /**
   * A fault for each round, dealt from shuffled decks: as soon as there are as many rounds as
   * kinds, every kind comes up. The long absence is in the first deck alone.
   */
  static List<AlertingFault> dealt(int rounds, Random random) {
    List<AlertingFault> dealt = new ArrayList<>();
    while (dealt.size() < rounds) {
      List<AlertingFault> deck = new ArrayList<>(List.of(values()));
      if (!dealt.isEmpty()) {
        deck.remove(BOTH_AWAY);
        deck.add(ONE_KILLED);
      }
      Collections.shuffle(deck, random);
      dealt.addAll(deck);
    }
    return List.copyOf(dealt.subList(0, rounds));
  }

  /** How many instances it kills by {@code kill -9}. */
  int kills() {
    return switch (this) {
      case ONE_KILLED, ONE_KILLED_FOR_LONG -> 1;
      case BOTH_KILLED, BOTH_AWAY -> 2;
      case ONE_STOPPED_FOR_LONG, BROKER_KILLED -> 0;
    };
  }

  @Override
  public String toString() {
    return words;
  }
}
