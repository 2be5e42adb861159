package io.tocsin.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.notifier.Alerts;
import io.tocsin.notifier.pipeline.Notification.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupingTest {

  private final LaneModel lane = new LaneModel(new Random(1), Duration.ofDays(1), Pace.FREE);
  private final Instant start = lane.clock.instant();

  @BeforeEach
  void groupByRule() {
    lane.routes("{ receivers: [r], group-by: [rule], group-interval: 1m }");
    lane.restart();
  }

  private List<Kind> kinds() {
    return lane.attempted.stream().map(Notification::kind).toList();
  }

  private Instant second(int second) {
    return start.plusSeconds(second);
  }

  private void fires(String rule, int n, int second) throws InterruptedException {
    lane.append(Alerts.firing(rule, n));
    lane.runUntil(second(second));
  }

  @Test
  void theFirstIsToldAtOnceAndThoseThatFollowTogether() throws Exception {
    // Given
    fires("a", 1, 0);
    assertThat(kinds()).containsExactly(Kind.FIRING);

    // When
    fires("a", 2, 20);
    fires("b", 1, 30);
    fires("a", 3, 40);
    lane.append(Alerts.resolved("a", 1));
    lane.runUntil(second(59));
    assertThat(lane.summaries).isEmpty();
    lane.runUntil(second(60));

    // Then
    assertThat(lane.attempted)
        .extracting(n -> n.alert().rule())
        .as("another group does not wait")
        .containsExactly("a", "b");
    assertThat(lane.summaries)
        .singleElement()
        .satisfies(
            summary -> {
              assertThat(summary.group()).isEqualTo("rule=a");
              assertThat(summary.notifications())
                  .extracting(Notification::kind)
                  .containsExactly(Kind.FIRING, Kind.FIRING, Kind.RESOLVED);
            });
    assertThat(lane.committed()).isEqualTo(lane.appended());
  }

  @Test
  void oneThatFollowsAloneIsToldAloneAtTheEndOfTheInterval() throws Exception {
    fires("a", 1, 0);
    lane.append(Alerts.resolved("a", 1));
    lane.runUntil(second(59));
    assertThat(kinds()).containsExactly(Kind.FIRING);
    lane.runUntil(second(60));
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.RESOLVED);
  }

  @Test
  void afterAQuietIntervalTheNextIsTheFirstAgain() throws Exception {
    fires("a", 1, 0);
    lane.runUntil(second(90));
    fires("a", 2, 90);
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.FIRING);
  }

  @Test
  void theFirstWaitsForOthersWhenTheRouteSaysSo() throws Exception {
    // Given
    lane.routes("{ receivers: [r], group-by: [rule], group-wait: 10s, group-interval: 1m }");
    lane.restart();

    // When
    fires("a", 1, 5);
    fires("a", 2, 9);
    assertThat(lane.summaries).isEmpty();
    lane.runUntil(second(10));
    lane.runUntil(second(100));
    fires("a", 3, 105);

    // Then
    assertThat(lane.attempted).isEmpty();
    assertThat(lane.summaries)
        .singleElement()
        .extracting(s -> s.notifications().size())
        .isEqualTo(2);
    lane.runUntil(second(110));
    assertThat(kinds()).containsExactly(Kind.FIRING);
  }

  @Test
  void whatIsShorterThanTheIntervalIsToldInOne() throws Exception {
    fires("a", 1, 0);
    fires("a", 2, 10);
    lane.append(Alerts.resolved("a", 2));
    lane.runUntil(second(60));
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.BRIEF);
  }

  @Test
  void whoTakesCareIsToldAtOnce() throws Exception {
    fires("a", 1, 0);
    lane.acknowledgements(
        new Acknowledgement(Alerts.firing("a", 1).episode(), "ayse", "", second(5)));
    lane.runUntil(second(5));
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.ACKNOWLEDGED);
  }

  @Test
  void whoHasAnIncidentForEachIsToldOfEachAtOnce() throws Exception {
    // Given
    lane.isAProgram();
    lane.restart();

    // When
    for (int n = 0; n < 3; n++) {
      fires("a", n, 0);
    }
    lane.append(Alerts.resolved("a", 1));
    lane.runUntil(second(0));

    // Then
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.FIRING, Kind.FIRING, Kind.RESOLVED);
  }

  @Test
  void aMessageThatFailsIsTriedAgainWithWhatHasComeMeanwhile() throws Exception {
    // Given
    fires("a", 1, 0);
    fires("a", 2, 10);
    fires("a", 3, 20);
    lane.sumsUp(summary -> Outcome.retriable(Reason.CONNECTION));
    lane.runUntil(second(61));

    // When
    fires("a", 4, 61);
    lane.sumsUp(summary -> Outcome.delivered());
    lane.runUntil(second(100));

    // Then
    assertThat(lane.summaries.getLast().notifications()).hasSize(3);
    assertThat(lane.committed()).isEqualTo(4);
  }
}
