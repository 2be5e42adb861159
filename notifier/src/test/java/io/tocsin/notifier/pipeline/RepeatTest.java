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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final LaneModel lane = new LaneModel(new Random(1), Duration.ofDays(1), Pace.FREE);
  private final Instant start = lane.clock.instant();

  @BeforeEach
  void repeatEveryFourHours() {
    lane.routes("{ receivers: [r], repeat: 4h }");
    lane.restart();
  }

  private List<Kind> kinds() {
    return lane.attempted.stream().map(Notification::kind).toList();
  }

  private void firesAtOnce() throws InterruptedException {
    lane.append(Alerts.at(Alerts.firing("r", 1), start));
    lane.runUntil(start);
  }

  private Acknowledgement acknowledgement() {
    return new Acknowledgement(Alerts.firing("r", 1).episode(), "ayse", "", lane.clock.instant());
  }

  @Test
  void whatStillFiresIsToldAgainUntilItIsOver() throws Exception {
    // Given
    firesAtOnce();

    // When
    lane.runUntil(start.plus(HOUR.multipliedBy(9)));
    lane.append(Alerts.resolved("r", 1));
    lane.runUntil(start.plus(HOUR.multipliedBy(20)));

    // Then
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.REPEATED, Kind.REPEATED, Kind.RESOLVED);
    assertThat(lane.attempted)
        .extracting(Notification::occasion)
        .containsExactly("firing", "repeated.1", "repeated.2", "resolved");
    assertThat(lane.committed()).isEqualTo(2);
  }

  @Test
  void aRestartNeitherDoublesNorForgetsARepetition() throws Exception {
    // Given
    firesAtOnce();
    lane.runUntil(start.plus(HOUR.multipliedBy(5)));

    // When: it is down when the next is due
    lane.restart();
    lane.runUntil(start.plus(HOUR.multipliedBy(6)));
    lane.restart();
    lane.clock.advance(HOUR.multipliedBy(10));
    lane.runUntil(start.plus(HOUR.multipliedBy(17)));

    // Then: at 4 h, and at 16 h instead of at 8 h and 12 h
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.REPEATED, Kind.REPEATED);
  }

  @Test
  void whatSomebodyTakesCareOfIsNotToldAgainUntilNobodyDoes() throws Exception {
    // Given
    firesAtOnce();
    lane.acknowledgements(acknowledgement());
    lane.runUntil(start.plus(HOUR.multipliedBy(10)));
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.ACKNOWLEDGED);

    // When
    lane.acknowledgements();
    lane.runUntil(start.plus(HOUR.multipliedBy(11)));
    lane.acknowledgements(acknowledgement());
    lane.runUntil(start.plus(HOUR.multipliedBy(20)));

    // Then
    assertThat(kinds())
        .containsExactly(Kind.FIRING, Kind.ACKNOWLEDGED, Kind.REPEATED, Kind.ACKNOWLEDGED);
  }

  @Test
  void aRepetitionThatWaitsIsDroppedWhenSomebodyTakesCare() throws Exception {
    // Given
    firesAtOnce();
    lane.behaves(n -> Outcome.retriable(Reason.CONNECTION));
    lane.runUntil(start.plus(HOUR.multipliedBy(4)).plusSeconds(10));

    // When
    lane.attempted.clear();
    lane.behaves(n -> Outcome.delivered());
    lane.acknowledgements(acknowledgement());
    lane.runUntil(start.plus(HOUR.multipliedBy(5)));

    // Then
    assertThat(kinds()).containsExactly(Kind.ACKNOWLEDGED);
  }

  @Test
  void aSilenceHoldsARepetitionBackAndNotItsEnd() throws Exception {
    // Given
    firesAtOnce();
    Instant until = start.plus(HOUR.multipliedBy(6));
    AlertMatch all = AlertMatch.parse(List.of("rule=*"));
    lane.silences(
        new Silences(List.of(new Silence("s", all, start, until, null, "a", "b", start))));

    // When
    lane.runUntil(start.plus(HOUR.multipliedBy(5)));
    assertThat(kinds()).containsExactly(Kind.FIRING);
    lane.runUntil(start.plus(HOUR.multipliedBy(7)));

    // Then
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.REPEATED);
  }

  @Test
  void outsideOfTheHoursOfItsRouteNothingIsToldAgain() throws Exception {
    // Given: noon on a Wednesday
    lane.routes(
        """
        receivers: [other]
        routes:
          - match: { hours: { from: "09:00", to: "18:00", zone: UTC } }
            receivers: [r]
            repeat: 4h
        """);
    lane.restart();
    firesAtOnce();

    // When
    lane.runUntil(start.plus(HOUR.multipliedBy(24)));

    // Then: 16:00, and 12:00 on Thursday; not 20:00, 0:00, 4:00 and 8:00
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.REPEATED, Kind.REPEATED);
  }
}
