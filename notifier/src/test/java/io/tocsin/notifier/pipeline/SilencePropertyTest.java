package io.tocsin.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Alert;
import io.tocsin.event.silence.AlertMatch;
import io.tocsin.event.silence.Silence;
import io.tocsin.event.silence.Silences;
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
 * Whatever is silenced, for how long, whenever a silence is lifted, whatever the receiver does and
 * whenever the process dies: nobody is told of what is silenced, everybody of what still fires when
 * it no longer is, and of the end of what they were told.
 */
class SilencePropertyTest {

  private static final int EPISODES = 25;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("tocsin.test.seeds", 200));
  }

  private final Map<String, List<Kind>> told = new HashMap<>();
  private final Map<String, Instant> firedAt = new HashMap<>();
  private final Map<String, Alert> ended = new HashMap<>();
  private final List<Silence> silences = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<String> attempted = new ArrayList<>();

  @ParameterizedTest
  @MethodSource("seeds")
  void nobodyIsToldOfWhatIsSilencedAndEverybodyOfTheRest(long seed) throws Exception {
    // Given
    Random random = new Random(seed);
    LaneModel lane = new LaneModel(random, Duration.ofDays(1), Pace.FREE);
    List<Alert> transitions = Alerts.mixed(EPISODES, n -> "r" + n % 2, random);

    // When
    lane.behaves(notification -> take(lane, notification, random.nextInt(8)));
    while (!transitions.isEmpty() || random.nextInt(40) != 0) {
      tossACoin(lane, transitions, random);
    }
    lane.deliveries.killNext = false;
    lane.behaves(notification -> take(lane, notification, 7));
    lane.drain();

    // Then
    Silences all = new Silences(silences);
    assertThat(wrong).isEmpty();
    ended.forEach(
        (episode, end) -> {
          if (all.cover(end, firedAt.get(episode), end.at())) {
            assertThat(attempted).as("silenced from beginning to end").doesNotContain(episode);
          } else {
            assertThat(told.get(episode)).last().isIn(Kind.RESOLVED, Kind.BRIEF);
          }
        });
    assertThat(ended).hasSize(EPISODES);
    assertThat(lane.committed()).isEqualTo(lane.appended());
    assertThat(lane.dispatcher().held(Hold.SILENCED)).isZero();
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
      case 5 -> lane.skip();
      case 6 -> {
        if (random.nextInt(4) == 0) {
          lane.restart();
        }
      }
      case 7 -> lane.deliveries.killNext = random.nextInt(8) == 0;
      case 8 -> {
        if (random.nextInt(3) == 0) {
          changeSilences(lane, random);
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
    Alert alert = Alerts.at(transition, lane.clock.instant());
    if (firedAt.putIfAbsent(alert.episode(), alert.at()) != null) {
      ended.put(alert.episode(), alert);
    }
    lane.append(alert);
  }

  /** At a moment when nothing else happens, so that before and after it are clear. */
  private void changeSilences(LaneModel lane, Random random) {
    lane.clock.advance(Duration.ofMillis(1));
    Instant now = lane.clock.instant();
    if (random.nextBoolean() && !silences.isEmpty()) {
      int which = random.nextInt(silences.size());
      Silence silence = silences.get(which);
      if (silence.isActive(now) && silence.startsAt().isBefore(now)) {
        silences.set(which, silence.endedAt(now));
      }
    } else {
      Duration length = Duration.ofMillis(1 + random.nextInt(30_000));
      String match = random.nextInt(3) == 0 ? "rule=*" : "rule=r" + random.nextInt(2);
      silences.add(
          new Silence(
              "s" + silences.size(),
              AlertMatch.parse(List.of(match)),
              now,
              now.plus(length),
              null,
              "ayse",
              "a test",
              now));
    }
    lane.silences(new Silences(silences));
    lane.clock.advance(Duration.ofMillis(1));
  }

  private Outcome take(LaneModel lane, Notification notification, int mood) {
    String episode = notification.alert().episode();
    boolean known = attempted.contains(episode);
    attempted.add(episode);
    boolean silenced =
        new Silences(silences).silencing(notification.alert(), lane.clock.instant()).isPresent();
    if (silenced && (notification.kind() == Kind.FIRING || !known)) {
      wrong.add(notification.kind() + " told while silenced: " + episode);
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
