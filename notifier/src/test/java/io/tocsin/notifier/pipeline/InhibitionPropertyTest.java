package io.tocsin.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Status;
import io.tocsin.notifier.Alerts;
import io.tocsin.notifier.pipeline.MemoryDeliveries.Killed;
import io.tocsin.notifier.pipeline.Notification.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whenever the other alert fires and resolves, whatever the receiver does and whenever the process
 * dies: nobody is told of what is inhibited, everybody of what still fires when it no longer is,
 * and of the end of what they were told.
 */
class InhibitionPropertyTest {

  private static final int EPISODES = 20;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("tocsin.test.seeds", 100));
  }

  private record Spell(Instant from, Instant to) {}

  private final Map<String, List<Kind>> told = new HashMap<>();
  private final Set<String> attempted = new HashSet<>();
  private final Map<String, Instant> firedAt = new HashMap<>();
  private final Map<String, Alert> ended = new HashMap<>();

  /** When the other alert fired; the last one perhaps still does. */
  private final List<Spell> spells = new ArrayList<>();

  private final List<String> wrong = new ArrayList<>();
  private boolean down;

  @ParameterizedTest
  @MethodSource("seeds")
  void nobodyIsToldOfWhatIsInhibitedAndEverybodyOfTheRest(long seed) throws Exception {
    // Given
    Random random = new Random(seed);
    LaneModel lane = new LaneModel(random, Duration.ofDays(1), Pace.FREE);
    List<Alert> transitions = Alerts.mixed(EPISODES, n -> "slow", random);

    // When
    lane.behaves(notification -> take(notification, random.nextInt(8)));
    while (!transitions.isEmpty() || random.nextInt(40) != 0) {
      tossACoin(lane, transitions, random);
    }
    lane.deliveries.killNext = false;
    lane.behaves(notification -> take(notification, 7));
    if (down) {
      change(lane);
    }
    lane.drain();

    // Then
    assertThat(wrong).isEmpty();
    assertThat(ended).hasSize(EPISODES);
    ended.forEach(
        (episode, end) -> {
          Instant from = firedAt.get(episode);
          boolean all =
              spells.stream().anyMatch(s -> !from.isBefore(s.from()) && end.at().isBefore(s.to()));
          if (!all || told.containsKey(episode)) {
            // Of an inhibitor's spells only the last is known to who reads an episode late.
            assertThat(told.get(episode)).as(episode).last().isIn(Kind.RESOLVED, Kind.BRIEF);
          }
        });
    assertThat(lane.committed()).isEqualTo(lane.appended());
  }

  private void tossACoin(LaneModel lane, List<Alert> transitions, Random random)
      throws InterruptedException {
    switch (random.nextInt(11)) {
      case 0, 1 -> {
        if (!transitions.isEmpty()) {
          append(lane, transitions.removeFirst());
        }
      }
      case 2 -> lane.poll(1 + random.nextInt(5));
      case 3, 4 -> lane.clock.advance(Duration.ofMillis(random.nextInt(3_000)));
      case 5 -> {
        if (random.nextInt(4) == 0) {
          lane.restart();
        }
      }
      case 6 -> lane.deliveries.killNext = random.nextInt(8) == 0;
      case 7 -> {
        if (random.nextInt(4) == 0) {
          change(lane);
        }
      }
      default -> {
        try {
          lane.step();
        } catch (Killed e) {
          lane.restart();
        }
      }
    }
  }

  private void append(LaneModel lane, Alert transition) {
    Alert alert = Alerts.inhibitedBy(Alerts.at(transition, lane.clock.instant()), "down");
    if (alert.status() == Status.FIRING) {
      firedAt.put(alert.episode(), alert.at());
    } else {
      ended.put(alert.episode(), alert);
    }
    lane.append(alert);
  }

  /** At a moment when nothing else happens, so that before and after it are clear. */
  private void change(LaneModel lane) {
    lane.clock.advance(Duration.ofMillis(1));
    Instant now = lane.clock.instant();
    int n = 1_000 + spells.size();
    if (down) {
      Instant from = spells.removeLast().from();
      spells.add(new Spell(from, now));
      lane.firing.take(Alerts.at(Alerts.resolved("down", n - 1), now));
    } else {
      spells.add(new Spell(now, Instant.MAX));
      lane.firing.take(Alerts.at(Alerts.firing("down", n), now));
    }
    down = !down;
    lane.clock.advance(Duration.ofMillis(1));
  }

  private Outcome take(Notification notification, int mood) {
    String episode = notification.alert().episode();
    boolean known = attempted.contains(episode);
    attempted.add(episode);
    if (down && (notification.kind() == Kind.FIRING || !known)) {
      wrong.add(notification.kind() + " told while inhibited: " + episode);
    }
    if (mood == 0) {
      return Outcome.retriable(Reason.SERVER_ERROR);
    }
    if (mood == 1) {
      return Outcome.retriable(Reason.CONNECTION);
    }
    told.computeIfAbsent(episode, key -> new ArrayList<>()).add(notification.kind());
    return mood == 2 ? Outcome.retriable(Reason.TIMEOUT) : Outcome.delivered();
  }
}
