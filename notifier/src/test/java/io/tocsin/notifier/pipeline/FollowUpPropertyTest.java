package io.tocsin.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Alert;
import io.tocsin.event.ack.Acknowledgement;
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
 * Whoever takes care, whatever the receiver does and whenever the process dies: what nobody takes
 * care of is told again in time, and told to the next one in time; what somebody takes care of is
 * not; and whoever was told hears of the end.
 */
class FollowUpPropertyTest {

  private static final int EPISODES = 15;
  private static final Duration REPEAT = Duration.ofSeconds(20);
  private static final Duration AFTER = Duration.ofSeconds(10);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("tocsin.test.seeds", 100));
  }

  private record Taken(Kind kind, Instant at) {}

  private final Map<String, List<Taken>> taken = new HashMap<>();
  private final Set<String> attempted = new HashSet<>();
  private final Map<String, Instant> firedAt = new HashMap<>();
  private final Map<String, Alert> ended = new HashMap<>();
  private final Map<String, Acknowledgement> standing = new HashMap<>();
  private final Set<String> everCared = new HashSet<>();

  /** Those of which an answer or a record was lost, so that something may be told too soon. */
  private final Set<String> blurred = new HashSet<>();

  private final List<String> wrong = new ArrayList<>();
  private Duration after = Duration.ZERO;
  private String last = "";

  @ParameterizedTest
  @MethodSource("seeds")
  void whatNobodyTakesCareOfIsToldAgainAndToTheNextOne(long seed) throws Exception {
    // Given
    Random random = new Random(seed);
    LaneModel lane = new LaneModel(random, Duration.ofDays(1), Pace.FREE);
    after = seed % 2 == 0 ? Duration.ZERO : AFTER;
    lane.routes(
        after.isZero()
            ? "{ receivers: [r], repeat: 20s }"
            : "{ receivers: [ops], repeat: 20s, escalate: { after: 10s, to: r } }");
    lane.restart();
    List<Alert> transitions = Alerts.mixedWithOpenOnes(EPISODES, random);

    // When
    lane.behaves(notification -> take(lane, notification, random.nextInt(8)));
    while (!transitions.isEmpty() || random.nextInt(40) != 0) {
      tossACoin(lane, transitions, random);
    }
    lane.deliveries.killNext = false;
    lane.behaves(notification -> take(lane, notification, 7));
    lane.runUntil(lane.clock.instant().plusSeconds(120));

    // Then
    assertThat(wrong).isEmpty();
    assertThat(firedAt).hasSize(EPISODES);
    firedAt.keySet().forEach(episode -> assertEnd(episode, lane.clock.instant()));
  }

  private void assertEnd(String episode, Instant now) {
    List<Taken> told = taken.getOrDefault(episode, List.of());
    Alert end = ended.get(episode);
    if (end != null) {
      boolean toBeTold = end.at().isAfter(firedAt.get(episode).plus(after)) || after.isZero();
      if (!told.isEmpty() || (toBeTold && !everCared.contains(episode))) {
        assertThat(told).as(episode).isNotEmpty();
        assertThat(told.getLast().kind()).isIn(Kind.RESOLVED, Kind.BRIEF);
      }
      if (!toBeTold) {
        assertThat(attempted).as("over before it escalates").doesNotContain(episode);
      }
    } else if (!standing.containsKey(episode)) {
      assertThat(told).as("still fires, and nobody cares").isNotEmpty();
      assertThat(told.getLast().kind()).isIn(Kind.FIRING, Kind.REPEATED);
      assertThat(Duration.between(told.getLast().at(), now)).isLessThanOrEqualTo(REPEAT);
    }
  }

  private void tossACoin(LaneModel lane, List<Alert> transitions, Random random)
      throws InterruptedException {
    switch (random.nextInt(12)) {
      case 0, 1 -> {
        if (!transitions.isEmpty()) {
          append(lane, transitions.removeFirst());
        }
      }
      case 2, 3 -> lane.poll(1 + random.nextInt(5));
      case 4, 5 -> lane.clock.advance(Duration.ofMillis(random.nextInt(6_000)));
      case 6 -> {
        if (random.nextInt(4) == 0) {
          lane.restart();
        }
      }
      case 7 -> lane.deliveries.killNext = random.nextInt(8) == 0;
      case 8 -> takeOrLeave(lane, random);
      default -> {
        try {
          lane.step();
        } catch (Killed e) {
          blurred.add(last);
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

  private void takeOrLeave(LaneModel lane, Random random) {
    String episode = Alerts.firing("r", random.nextInt(EPISODES)).episode();
    if (standing.remove(episode) == null) {
      everCared.add(episode);
      standing.put(episode, new Acknowledgement(episode, "ayse", "", lane.clock.instant()));
    }
    lane.acknowledgements(standing.values().toArray(Acknowledgement[]::new));
  }

  private Outcome take(LaneModel lane, Notification notification, int mood) {
    String episode = notification.alert().episode();
    Instant now = lane.clock.instant();
    check(notification, now);
    attempted.add(episode);
    last = episode;
    if (mood == 0) {
      return Outcome.retriable(Reason.SERVER_ERROR);
    }
    if (mood == 1) {
      return Outcome.retriable(Reason.CONNECTION);
    }
    taken
        .computeIfAbsent(episode, key -> new ArrayList<>())
        .add(new Taken(notification.kind(), now));
    if (mood == 2) {
      blurred.add(episode);
      return Outcome.retriable(Reason.TIMEOUT);
    }
    return Outcome.delivered();
  }

  private void check(Notification notification, Instant now) {
    String episode = notification.alert().episode();
    List<Taken> before = taken.getOrDefault(episode, List.of());
    boolean cared = standing.containsKey(episode);
    switch (notification.kind()) {
      case REPEATED -> {
        if (cared || (!blurred.contains(episode) && lastTold(before).plus(REPEAT).isAfter(now))) {
          wrong.add("told again too soon or though somebody cares: " + episode);
        }
      }
      case FIRING -> {
        if (!after.isZero() && (cared || firedAt.get(episode).plus(after).isAfter(now))) {
          wrong.add("escalated too soon or though somebody cares: " + episode);
        }
      }
      case ACKNOWLEDGED, RESOLVED -> {
        if (before.isEmpty() && !blurred.contains(episode)) {
          wrong.add(notification.kind() + " of what was never told: " + episode);
        }
      }
      case BRIEF -> {}
    }
  }

  private static Instant lastTold(List<Taken> before) {
    return before.stream()
        .filter(each -> each.kind() == Kind.FIRING || each.kind() == Kind.REPEATED)
        .map(Taken::at)
        .reduce((one, other) -> other)
        .orElse(Instant.MIN);
  }
}
