package io.tocsin.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Alert;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.notifier.Alerts;
import io.tocsin.notifier.pipeline.Notification.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lane of the receiver that is told when nobody takes care. */
class EscalationTest {

  private final LaneModel lane = new LaneModel(new Random(1), Duration.ofDays(1), Pace.FREE);
  private final Instant start = lane.clock.instant();

  @BeforeEach
  void escalateAfterAQuarter() {
    lane.routes("{ receivers: [ops], escalate: { after: 15m, to: r } }");
    lane.restart();
  }

  private List<Kind> kinds() {
    return lane.attempted.stream().map(Notification::kind).toList();
  }

  private void append(Alert alert, int minute) throws InterruptedException {
    lane.append(Alerts.at(alert, minute(minute)));
    lane.runUntil(minute(minute));
  }

  private Instant minute(int minute) {
    return start.plus(Duration.ofMinutes(minute));
  }

  private Acknowledgement acknowledgement() {
    return new Acknowledgement(Alerts.firing("r", 1).episode(), "ayse", "", lane.clock.instant());
  }

  @Test
  void whatNobodyTakesCareOfIsToldAndItsEnd() throws Exception {
    // Given
    append(Alerts.firing("r", 1), 0);
    lane.runUntil(minute(14));
    assertThat(lane.attempted).isEmpty();
    assertThat(lane.dispatcher().held(Hold.NOT_ESCALATED)).isEqualTo(1);

    // When
    lane.runUntil(minute(15));
    lane.restart();
    lane.runUntil(minute(16));
    append(Alerts.resolved("r", 1), 20);

    // Then
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.RESOLVED);
    assertThat(lane.committed()).isEqualTo(2);
  }

  @Test
  void whatIsOverBeforeThatIsToldToNobodyElse() throws Exception {
    append(Alerts.firing("r", 1), 0);
    append(Alerts.resolved("r", 1), 14);
    lane.runUntil(minute(60));
    assertThat(lane.attempted).isEmpty();
    assertThat(lane.committed()).isEqualTo(2);
  }

  @Test
  void whatSomebodyTakesCareOfIsToldToNobodyElseThoughItGoesOn() throws Exception {
    // Given
    append(Alerts.firing("r", 1), 0);
    lane.acknowledgements(acknowledgement());

    // When
    lane.runUntil(minute(60));
    lane.restart();
    lane.runUntil(minute(90));
    append(Alerts.resolved("r", 1), 100);

    // Then
    assertThat(lane.attempted).isEmpty();
    assertThat(lane.committed()).isEqualTo(2);
  }

  @Test
  void whatNobodyTakesCareOfAnyMoreIsToldThen() throws Exception {
    // Given
    append(Alerts.firing("r", 1), 0);
    lane.acknowledgements(acknowledgement());
    lane.runUntil(minute(30));

    // When
    lane.acknowledgements();
    lane.runUntil(minute(30));

    // Then
    assertThat(kinds()).containsExactly(Kind.FIRING);
  }

  @Test
  void aRestartDoesNotBeginToCountAnew() throws Exception {
    // Given
    append(Alerts.firing("r", 1), 0);
    lane.runUntil(minute(10));

    // When
    lane.restart();
    lane.runUntil(minute(15));

    // Then
    assertThat(kinds()).containsExactly(Kind.FIRING);
  }

  @Test
  void whatIsReadLateIsJudgedByTheTimesOfItsTransitions() throws Exception {
    // Given: one that was over in time, one that was not, one that goes on
    lane.append(Alerts.at(Alerts.firing("r", 1), minute(0)));
    lane.append(Alerts.at(Alerts.resolved("r", 1), minute(5)));
    lane.append(Alerts.at(Alerts.firing("r", 2), minute(0)));
    lane.append(Alerts.at(Alerts.resolved("r", 2), minute(20)));
    lane.append(Alerts.at(Alerts.firing("r", 3), minute(0)));

    // When: each comes in a poll of its own
    lane.clock.advanceTo(minute(60));
    for (int i = 0; i < 5; i++) {
      lane.poll(1);
      lane.step();
    }
    lane.runUntil(minute(60));

    // Then
    assertThat(kinds()).containsExactlyInAnyOrder(Kind.BRIEF, Kind.FIRING);
    assertThat(lane.attempted)
        .extracting(n -> n.alert().episode())
        .containsExactlyInAnyOrder(
            Alerts.firing("r", 2).episode(), Alerts.firing("r", 3).episode());
  }

  @Test
  void whoeverIsToldAtOnceByAnotherRouteDoesNotWait() throws Exception {
    lane.routes(
        """
        receivers: [ops]
        routes:
          - { receivers: [ops], escalate: { after: 15m, to: r }, continue: true }
          - { receivers: [r] }
        """);
    lane.restart();
    append(Alerts.firing("r", 1), 0);
    assertThat(kinds()).containsExactly(Kind.FIRING);
  }
}
