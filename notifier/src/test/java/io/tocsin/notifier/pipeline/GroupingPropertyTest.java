package io.tocsin.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Alert;
import io.tocsin.notifier.Alerts;
import io.tocsin.notifier.pipeline.MemoryDeliveries.Killed;
import io.tocsin.notifier.pipeline.Notification.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever fires and resolves in whichever group: messages about a group keep their distance, none
 * is about two, every episode is told to its end, and as long as the receiver takes what it is told
 * nothing waits longer than the interval.
 */
class GroupingPropertyTest {

  private static final int EPISODES = 25;
  private static final Duration INTERVAL = Duration.ofSeconds(20);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("tocsin.test.seeds", 100));
  }

  private final Map<String, List<Kind>> told = new HashMap<>();
  private final Map<String, Instant> readAt = new HashMap<>();
  private final Map<String, Instant> lastOf = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private boolean smooth;

  @ParameterizedTest
  @MethodSource("seeds")
  void groupsKeepTheirDistanceAndLoseNothing(long seed) throws Exception {
    // Given
    Random random = new Random(seed);
    smooth = seed % 2 == 0;
    LaneModel lane = new LaneModel(random, Duration.ofDays(1), Pace.FREE);
    Duration wait = Duration.ofSeconds(random.nextInt(3) * 5L);
    lane.routes(
        "{ receivers: [r], group-by: [rule], group-interval: 20s, group-wait: "
            + wait.toSeconds()
            + "s }");
    lane.restart();
    List<Alert> transitions = Alerts.mixed(EPISODES, n -> "r" + n % 3, random);

    // When
    lane.behaves(n -> take(lane, List.of(n), smooth ? 7 : random.nextInt(8)));
    lane.sumsUp(s -> take(lane, s.notifications(), smooth ? 7 : random.nextInt(8)));
    while (!transitions.isEmpty()) {
      tossACoin(lane, transitions, random);
    }
    lane.deliveries.killNext = false;
    lane.behaves(n -> take(lane, List.of(n), 7));
    lane.sumsUp(s -> take(lane, s.notifications(), 7));
    lane.drain();

    // Then
    assertThat(wrong).isEmpty();
    assertThat(told).hasSize(EPISODES);
    told.values().forEach(kinds -> assertThat(kinds).last().isIn(Kind.RESOLVED, Kind.BRIEF));
    assertThat(lane.committed()).isEqualTo(lane.appended());
  }

  /** What is appended is read at once, and time does not leap over what is due. */
  private void tossACoin(LaneModel lane, List<Alert> transitions, Random random)
      throws InterruptedException {
    try {
      switch (random.nextInt(smooth ? 3 : 5)) {
        case 0 -> {
          Alert alert = transitions.removeFirst();
          lane.append(alert);
          readAt.putIfAbsent(transition(alert), lane.clock.instant());
          lane.runUntil(lane.clock.instant());
        }
        case 1, 2 -> lane.runUntil(lane.clock.instant().plusMillis(random.nextInt(12_000)));
        case 3 -> {
          if (random.nextInt(4) == 0) {
            restart(lane);
          }
        }
        default -> lane.deliveries.killNext = random.nextInt(8) == 0;
      }
    } catch (Killed e) {
      restart(lane);
    }
  }

  /** It forgets when which group was told last. */
  private void restart(LaneModel lane) {
    lastOf.clear();
    lane.restart();
  }

  private static String transition(Alert alert) {
    return alert.episode() + alert.status();
  }

  private Outcome take(LaneModel lane, List<Notification> notifications, int mood) {
    if (mood == 0) {
      return Outcome.retriable(Reason.SERVER_ERROR);
    }
    if (mood == 1) {
      return Outcome.retriable(Reason.CONNECTION);
    }
    Instant now = lane.clock.instant();
    String rule = notifications.getFirst().alert().rule();
    Instant last = lastOf.put(rule, now);
    if (last != null && last.plus(INTERVAL).isAfter(now)) {
      wrong.add("too soon after the last message about " + rule);
    }
    for (Notification each : notifications) {
      if (!each.alert().rule().equals(rule)) {
        wrong.add("two groups in one message");
      }
      if (smooth && readAt.get(transition(each.alert())).plus(INTERVAL).isBefore(now)) {
        wrong.add("waited too long: " + each.alert().episode());
      }
      told.computeIfAbsent(each.alert().episode(), key -> new ArrayList<>()).add(each.kind());
    }
    return Outcome.delivered();
  }
}
