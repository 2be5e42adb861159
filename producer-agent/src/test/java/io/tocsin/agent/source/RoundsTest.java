package io.tocsin.agent.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RoundsTest {

  @ParameterizedTest
  @CsvSource({
    "100, 101, 110", // quick
    "100, 109, 110", // just in time
    "100, 110, 120", // one beat overrun
    "100, 175, 180", // many: they fall out
    "100,  90, 110", // a clock that goes back by a little
    "-15, -14,  -5", // nanoTime may be negative
  })
  void theNextRoundIsOnTheBeat(long due, long now, long next) {
    assertThat(Rounds.nextDue(due, now, 10)).isEqualTo(next);
  }

  @Test
  void aRoundThatThrowsDoesNotEndTheRounds() {
    // Given
    AtomicInteger count = new AtomicInteger();
    Rounds rounds =
        new Rounds(
            "test-rounds",
            Duration.ofMillis(50),
            () -> {
              count.incrementAndGet();
              throw new IllegalStateException("on purpose");
            },
            System::nanoTime);

    // When
    rounds.start();

    // Then
    await().atMost(Duration.ofSeconds(30)).until(() -> count.get() >= 3);
    rounds.close();
  }

  @Test
  void aRoundThatBlocksIsInterruptedByTheClose() throws Exception {
    // Given
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Rounds rounds =
        new Rounds(
            "test-rounds",
            Duration.ofMillis(5),
            () -> {
              begun.countDown();
              try {
                never.await();
              } catch (InterruptedException e) {
                interrupted.set(true);
                throw e;
              }
            },
            System::nanoTime);
    rounds.start();
    begun.await();

    // When
    rounds.close();

    // Then
    assertThat(interrupted).isTrue();
  }

  @Test
  void roundsThatWereNeverStartedCanBeClosed() {
    new Rounds("test-rounds", Duration.ofHours(1), () -> {}, System::nanoTime).close();
  }
}
