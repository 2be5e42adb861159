package io.tocsin.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {

  private static final Instant T0 = Instant.parse("2025-12-10T12:00:00Z");

  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), new Random(1));

  private Gate gate(int burst, long refillMillis) {
    return new Gate(new Pace(burst, Duration.ofMillis(refillMillis)), backoff);
  }

  @Test
  void theBucketGivesItsBurstAndThenOneARefill() {
    // Given
    Gate gate = gate(3, 1_000);
    Instant now = T0;
    StringBuilder passed = new StringBuilder();

    // When
    for (int call = 0; call < 6; call++) {
      now = gate.opensAt().isAfter(now) ? gate.opensAt() : now;
      gate.pass(now);
      passed.append(Duration.between(T0, now).toMillis()).append(' ');
    }

    // Then
    assertThat(passed).hasToString("0 0 0 1000 2000 3000 ");
  }

  @Test
  void inNoStretchOfTimeDoMorePassThanBurstAndRate() {
    Random random = new Random(5);
    Gate gate = gate(4, 250);
    Instant now = T0;
    java.util.List<Instant> passes = new java.util.ArrayList<>();
    for (int i = 0; i < 400; i++) {
      now = now.plusMillis(random.nextInt(random.nextInt(20) == 0 ? 5_000 : 120));
      if (!gate.opensAt().isAfter(now)) {
        gate.pass(now);
        passes.add(now);
      }
    }
    assertThat(passes).hasSizeGreaterThan(100);
    for (int i = 0; i < passes.size(); i++) {
      for (int j = i; j < passes.size(); j++) {
        long millis = Duration.between(passes.get(i), passes.get(j)).toMillis();
        assertThat(j - i + 1L).isLessThanOrEqualTo(4 + millis / 250);
      }
    }
  }

  @Test
  void aFreePaceNeverCloses() {
    Gate gate = new Gate(Pace.FREE, backoff);
    for (int i = 0; i < 5; i++) {
      gate.pass(T0);
      assertThat(gate.opensAt()).isBeforeOrEqualTo(T0);
    }
  }

  @ParameterizedTest
  @CsvSource({"PT20S, PT20S", "PT90M, PT1H"})
  void whatTheReceiverAskedForIsHonouredUpToAnHour(Duration asked, Duration wait) {
    Gate gate = gate(1, 0);
    gate.failed(T0, asked);
    assertThat(gate.opensAt()).isEqualTo(T0.plus(wait));
  }

  @Test
  void failuresInARowDoubleTheWaitAndAnAnswerEndsIt() {
    Gate gate = gate(1, 0);
    long[] bounds = {1, 2, 4, 8, 16, 30, 30, 30};
    for (long bound : bounds) {
      gate.failed(T0, Duration.ZERO);
      assertThat(Duration.between(T0, gate.opensAt()).toMillis())
          .isBetween(bound * 500, bound * 1_000);
    }
    assertThat(gate.isDown()).isTrue();
    gate.answered();
    assertThat(gate.isDown()).isFalse();
    gate.failed(T0, null);
    assertThat(gate.opensAt()).isBeforeOrEqualTo(T0.plusSeconds(1));
  }

  @Test
  void anyNumberOfFailuresKeepsTheWaitInBounds() {
    Backoff wide = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), new Random(2));
    for (int failures = 1; failures < 200; failures++) {
      assertThat(wide.after(failures)).isBetween(Duration.ofMillis(500), Duration.ofMinutes(5));
    }
  }
}
