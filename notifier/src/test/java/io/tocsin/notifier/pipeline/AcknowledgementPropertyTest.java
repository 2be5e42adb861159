package io.tocsin.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Status;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.notifier.Alerts;
import io.tocsin.notifier.pipeline.MemoryDeliveries.Killed;
import io.tocsin.notifier.pipeline.Notification.Kind;
import java.time.Duration;
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
 * Whoever takes care of what, or no longer does, whatever the receiver does and whenever the
 * process dies: it is told once of who takes care of what is open there, and never of anything
 * else.
 */
class AcknowledgementPropertyTest {

  private static final int EPISODES = 20;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("tocsin.test.seeds", 100));
  }

  /** What the receiver has taken, by episode: kinds, and authors of acknowledgements. */
  private final Map<String, List<String>> taken = new HashMap<>();

  private final Map<String, Acknowledgement> standing = new HashMap<>();
  private final Map<String, Set<String>> everBy = new HashMap<>();

  /** Those of which an answer or a record of an acknowledgement was lost. */
  private final Set<String> blurred = new HashSet<>();

  private final List<String> wrong = new ArrayList<>();
  private String lastAcknowledged = "";

  @ParameterizedTest
  @MethodSource("seeds")
  void whoTakesCareIsToldOnceWhereTheEpisodeIsOpen(long seed) throws Exception {
    // Given
    Random random = new Random(seed);
    LaneModel lane = new LaneModel(random, Duration.ofDays(1), Pace.FREE);
    List<Alert> transitions = Alerts.mixedWithOpenOnes(EPISODES, random);
    Map<String, Status> last = new HashMap<>();
    transitions.forEach(alert -> last.put(alert.episode(), alert.status()));

    // When
    lane.behaves(notification -> take(notification, random.nextInt(8)));
    while (!transitions.isEmpty() || random.nextInt(40) != 0) {
      tossACoin(lane, transitions, random);
    }
    lane.deliveries.killNext = false;
    lane.behaves(notification -> take(notification, 7));
    lane.drain();

    // Then
    assertThat(wrong).isEmpty();
    assertThat(taken).hasSize(EPISODES);
    last.forEach((episode, status) -> assertEnd(episode, status));
    assertThat(lane.committed()).isEqualTo(lane.appended());
  }

  private void assertEnd(String episode, Status status) {
    List<String> told = taken.get(episode);
    Acknowledgement acknowledgement = standing.get(episode);
    if (status == Status.RESOLVED) {
      assertThat(told.getLast()).isIn("RESOLVED", "BRIEF");
    } else if (acknowledgement != null && !blurred.contains(episode)) {
      assertThat(told).as(episode).last().isEqualTo("by " + acknowledgement.author());
    }
    if (!blurred.contains(episode)) {
      for (int i = 1; i < told.size(); i++) {
        assertThat(told.get(i).startsWith("by ") && told.get(i).equals(told.get(i - 1)))
            .as("told twice in a row: %s", told)
            .isFalse();
      }
    }
  }

  private void tossACoin(LaneModel lane, List<Alert> transitions, Random random)
      throws InterruptedException {
    switch (random.nextInt(11)) {
      case 0, 1 -> {
        if (!transitions.isEmpty()) {
          lane.append(transitions.removeFirst());
        }
      }
      case 2 -> lane.poll(1 + random.nextInt(5));
      case 3 -> lane.clock.advance(Duration.ofMillis(random.nextInt(3_000)));
      case 4 -> lane.skip();
      case 5 -> {
        if (random.nextInt(4) == 0) {
          lane.restart();
        }
      }
      case 6 -> lane.deliveries.killNext = random.nextInt(8) == 0;
      case 7 -> takeOrLeave(lane, random);
      default -> {
        try {
          lane.step();
        } catch (Killed e) {
          blurred.add(lastAcknowledged);
          lane.restart();
        }
      }
    }
  }

  private void takeOrLeave(LaneModel lane, Random random) {
    String episode = Alerts.firing("r", random.nextInt(EPISODES)).episode();
    if (random.nextInt(4) == 0) {
      standing.remove(episode);
    } else {
      String author = random.nextInt(3) == 0 ? "ben" : "ayse";
      everBy.computeIfAbsent(episode, key -> new HashSet<>()).add(author);
      standing.put(episode, new Acknowledgement(episode, author, "", lane.clock.instant()));
    }
    lane.acknowledgements(standing.values().toArray(Acknowledgement[]::new));
  }

  private Outcome take(Notification notification, int mood) {
    if (mood == 0) {
      return Outcome.retriable(Reason.SERVER_ERROR);
    }
    if (mood == 1) {
      return Outcome.retriable(Reason.CONNECTION);
    }
    String episode = notification.alert().episode();
    List<String> told = taken.computeIfAbsent(episode, key -> new ArrayList<>());
    if (notification.kind() == Kind.ACKNOWLEDGED) {
      acknowledged(episode, told, notification.acknowledgement());
    } else {
      told.add(notification.kind().name());
    }
    if (mood == 2) {
      if (notification.kind() == Kind.ACKNOWLEDGED) {
        blurred.add(episode);
      }
      return Outcome.retriable(Reason.TIMEOUT);
    }
    return Outcome.delivered();
  }

  private void acknowledged(String episode, List<String> told, Acknowledgement acknowledgement) {
    boolean open = !told.isEmpty() && !told.contains("RESOLVED") && !told.contains("BRIEF");
    if (!open || !everBy.getOrDefault(episode, Set.of()).contains(acknowledgement.author())) {
      wrong.add("acknowledged though not open or by nobody: " + episode + " " + told);
    }
    lastAcknowledged = episode;
    told.add("by " + acknowledgement.author());
  }
}
