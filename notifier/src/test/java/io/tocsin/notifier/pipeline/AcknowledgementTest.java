package io.tocsin.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.event.silence.AlertMatch;
import io.tocsin.event.silence.Silence;
import io.tocsin.event.silence.Silences;
import io.tocsin.notifier.Alerts;
import io.tocsin.notifier.pipeline.Notification.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AcknowledgementTest {

  private final LaneModel lane = new LaneModel(new Random(1), Duration.ofDays(1), Pace.FREE);

  private List<Kind> kinds() {
    return lane.attempted.stream().map(Notification::kind).toList();
  }

  private Acknowledgement by(String author, int n) {
    return new Acknowledgement(
        Alerts.firing("r", n).episode(), author, "looking", lane.clock.instant());
  }

  @Test
  void whoTakesCareIsToldOnceBetweenTheFiringAndItsResolve() throws Exception {
    // Given
    lane.append(Alerts.firing("r", 1));
    lane.drain();

    // When
    lane.acknowledgements(by("ayse", 1));
    lane.drain();
    lane.restart();
    lane.drain();
    lane.append(Alerts.resolved("r", 1));
    lane.drain();

    // Then
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.ACKNOWLEDGED, Kind.RESOLVED);
    assertThat(lane.attempted.get(1).alert()).isEqualTo(Alerts.firing("r", 1));
    assertThat(lane.attempted.get(1).acknowledgement()).isNotNull();
    assertThat(lane.committed()).isEqualTo(2);
  }

  @Test
  void anAcknowledgementThatWasThereFirstFollowsTheFiring() throws Exception {
    lane.acknowledgements(by("ayse", 1));
    lane.append(Alerts.firing("r", 1));
    lane.drain();
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.ACKNOWLEDGED);
  }

  @Test
  void whatTheReceiverDoesNotKnowIsNotAcknowledgedThere() throws Exception {
    // Given: one refused, one over, one never heard of
    lane.behaves(n -> new Outcome.Rejected(Reason.BAD_REQUEST, "too odd"));
    lane.append(Alerts.firing("r", 1));
    lane.drain();
    lane.behaves(n -> Outcome.delivered());
    lane.append(Alerts.firing("r", 2));
    lane.append(Alerts.resolved("r", 2));
    lane.drain();

    // When
    lane.acknowledgements(by("ayse", 1), by("ayse", 2), by("ayse", 3));
    lane.drain();

    // Then
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.BRIEF);
  }

  @Test
  void aRestartTellsOfWhatWasAcknowledgedMeanwhile() throws Exception {
    lane.append(Alerts.firing("r", 1));
    lane.drain();
    lane.acknowledgements(by("ayse", 1));
    lane.restart();
    lane.drain();
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.ACKNOWLEDGED);
  }

  @Test
  void whatIsOverOnTheTopicIsNotAcknowledgedByAProcessThatHasYetToReadThat() throws Exception {
    // Given
    lane.append(Alerts.firing("r", 1));
    lane.drain();
    lane.append(Alerts.firing("r", 2));
    lane.append(Alerts.resolved("r", 1));
    lane.acknowledgements(by("ayse", 1));

    // When
    lane.restart();
    lane.poll(1);
    lane.step();
    lane.drain();

    // Then
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.FIRING, Kind.RESOLVED);
  }

  @Test
  void aResolveThatComesWhileItWaitsTakesItsPlace() throws Exception {
    // Given
    lane.append(Alerts.firing("r", 1));
    lane.drain();
    lane.behaves(n -> Outcome.retriable(Reason.CONNECTION));
    lane.acknowledgements(by("ayse", 1));
    lane.step();

    // When
    lane.append(Alerts.resolved("r", 1));
    lane.behaves(n -> Outcome.delivered());
    lane.drain();

    // Then
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.ACKNOWLEDGED, Kind.RESOLVED);
    assertThat(lane.committed()).isEqualTo(2);
  }

  @Test
  void whoTakesOverIsToldOfAndANewCommentIsNot() throws Exception {
    lane.append(Alerts.firing("r", 1));
    lane.acknowledgements(by("ayse", 1));
    lane.drain();
    lane.acknowledgements(
        new Acknowledgement(by("ayse", 1).episode(), "ayse", "found it", start()));
    lane.drain();
    lane.acknowledgements(by("ben", 1));
    lane.drain();
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.ACKNOWLEDGED, Kind.ACKNOWLEDGED);
  }

  private Instant start() {
    return lane.clock.instant();
  }

  @Test
  void aSilenceDoesNotHoldBackWhoTakesCareOfWhatWasTold() throws Exception {
    // Given
    lane.append(Alerts.firing("r", 1));
    lane.drain();
    Instant hence = start().plus(Duration.ofHours(1));
    lane.silences(
        new Silences(
            List.of(
                new Silence(
                    "s",
                    AlertMatch.parse(List.of("rule=*")),
                    start(),
                    hence,
                    null,
                    "b",
                    "b",
                    start()))));

    // When
    lane.acknowledgements(by("ayse", 1));
    lane.step();

    // Then
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.ACKNOWLEDGED);
  }

  @Test
  void oneThatIsRefusedIsNotTriedForEver() throws Exception {
    // Given
    lane.append(Alerts.firing("r", 1));
    lane.drain();

    // When
    lane.behaves(n -> new Outcome.Rejected(Reason.BAD_REQUEST, "too odd"));
    lane.acknowledgements(by("ayse", 1));
    lane.drain();
    lane.restart();
    lane.behaves(n -> Outcome.delivered());
    lane.append(Alerts.resolved("r", 1));
    lane.drain();

    // Then
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.ACKNOWLEDGED, Kind.RESOLVED);
    assertThat(lane.announced)
        .singleElement()
        .satisfies(event -> assertThat(event.id()).contains(":acknowledged."));
  }

  @Test
  void aPartitionThatIsSomebodyElsesIsHisToTellOf() throws Exception {
    lane.append(Alerts.firing("r", 1));
    lane.drain();
    lane.dispatcher().forget(List.of(LaneModel.PARTITION));
    lane.acknowledgements(by("ayse", 1));
    lane.step();
    assertThat(kinds()).containsExactly(Kind.FIRING);
  }
}
