package io.tocsin.indexer.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Property(tries = 100)
  void pausesDoubleUpToTheLongestAndKeepTheirJitter(@ForAll long seed) {
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random(seed));
    for (int i = 0; i < 100; i++) {
      long ceiling = i < 6 ? 100L << i : 5000;
      assertThat(backoff.next().toMillis()).isBetween(ceiling / 2, ceiling);
    }
  }

  @Test
  void twoDoNotWaitInStep() {
    // Given
    Backoff one = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random(1));
    Backoff two = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random(2));
    // When
    long equal = LongStream.range(0, 50).filter(i -> one.next().equals(two.next())).count();
    // Then
    assertThat(equal).isLessThan(10);
  }

  @Test
  void afterASuccessItStartsOver() {
    // Given
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random(1));
    LongStream.range(0, 20).forEach(i -> backoff.next());
    // When
    backoff.reset();
    // Then
    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(100));
  }
}
