package io.tocsin.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Alert;
import io.tocsin.notifier.Alerts;
import io.tocsin.notifier.pipeline.MemoryDeliveries.Killed;
import io.tocsin.notifier.pipeline.Notification.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the receiver does and whenever the process dies: every episode is told to its end, in
 * order, and nothing is told twice but for a crash or a lost answer.
 */
class DeliveryPropertyTest {

  private static final int EPISODES = 25;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("tocsin.test.seeds", 100));
  }

  private final Map<String, List<Kind>> told = new HashMap<>();
  private int excuses;

  /** How many notifications a crash while they are recorded may repeat. */
  private int lastTaken;

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsForgottenRepeatedOrTurnedAround(long seed) throws Exception {
    // Given
    Random random = new Random(seed);
    Pace pace = random.nextBoolean() ? Pace.FREE : new Pace(2, Duration.ofMillis(500));
    Storms storms = new Storms(1 + random.nextInt(12), Duration.ofSeconds(1 + random.nextInt(60)));
    LaneModel lane = new LaneModel(random, Duration.ofDays(1), pace, storms);
    List<Alert> transitions = Alerts.mixed(EPISODES, n -> "r", random);

    // When
    lane.behaves(notification -> misbehave(List.of(notification), random));
    lane.sumsUp(summary -> misbehave(summary.notifications(), random));
    while (!transitions.isEmpty() || random.nextInt(40) != 0) {
      tossACoin(lane, transitions, random);
    }
    lane.deliveries.killNext = false;
    lane.behaves(notification -> take(List.of(notification)));
    lane.sumsUp(summary -> take(summary.notifications()));
    lane.drain();

    // Then
    assertThat(told).hasSize(EPISODES);
    int doubles = 0;
    for (List<Kind> kinds : told.values()) {
      assertThat(kinds.getLast()).isIn(Kind.RESOLVED, Kind.BRIEF);
      assertThat(kinds).isSortedAccordingTo((a, b) -> rank(a) - rank(b));
      if (kinds.contains(Kind.RESOLVED)) {
        assertThat(kinds).startsWith(Kind.FIRING);
      }
      doubles += kinds.size() - (kinds.contains(Kind.RESOLVED) ? 2 : 1);
    }
    assertThat(doubles).isLessThanOrEqualTo(excuses);
    assertThat(lane.deadLetters).isEmpty();
    assertThat(lane.committed()).isEqualTo(lane.appended());
  }

  private static int rank(Kind kind) {
    return kind == Kind.FIRING ? 0 : 1;
  }

  private void tossACoin(LaneModel lane, List<Alert> transitions, Random random)
      throws InterruptedException {
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        if (!transitions.isEmpty()) {
          lane.append(transitions.removeFirst());
        }
      }
      case 2 -> lane.poll(1 + random.nextInt(5));
      case 3 -> lane.clock.advance(Duration.ofMillis(random.nextInt(3_000)));
      case 4 -> lane.skip();
      case 5 -> {
        if (random.nextInt(5) == 0) {
          lane.restart();
        }
      }
      case 6 -> lane.deliveries.killNext = random.nextInt(8) == 0;
      default -> {
        try {
          lane.step();
        } catch (Killed e) {
          excuses += lastTaken;
          lane.restart();
        }
      }
    }
  }

  private Outcome misbehave(List<Notification> notifications, Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> new Outcome.Retriable(Reason.RATE_LIMITED, Duration.ofSeconds(random.nextInt(9)));
      case 1 -> Outcome.retriable(Reason.SERVER_ERROR);
      case 2 -> Outcome.retriable(Reason.CONNECTION);
      case 3 -> {
        take(notifications);
        excuses += notifications.size();
        yield Outcome.retriable(Reason.TIMEOUT);
      }
      default -> take(notifications);
    };
  }

  private Outcome take(List<Notification> notifications) {
    lastTaken = notifications.size();
    for (Notification each : notifications) {
      told.computeIfAbsent(each.alert().episode(), key -> new ArrayList<>()).add(each.kind());
    }
    return Outcome.delivered();
  }
}
