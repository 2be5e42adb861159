package io.tocsin.cli.demo;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Turns of a seeded die. */
record Chance(Random random) {

  boolean oneIn(int many) {
    return random.nextInt(many) == 0;
  }

  /** From least to most, both possible. */
  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  Duration millis(int least, int most) {
    return Duration.ofMillis(between(least, most));
  }

  Duration seconds(int least, int most) {
    return millis(least * 1000, most * 1000);
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Two digits after the point. */
  double hundredths(int least, int most) {
    return between(least * 100, most * 100) / 100.0;
  }
}
