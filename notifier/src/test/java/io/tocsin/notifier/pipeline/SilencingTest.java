package io.tocsin.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Alert;
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

class SilencingTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final LaneModel lane = new LaneModel(new Random(1), Duration.ofDays(1), Pace.FREE);
  private final Instant start = lane.clock.instant();

  private List<Kind> kinds() {
    return lane.attempted.stream().map(Notification::kind).toList();
  }

  private Silence silence(Instant from, Instant until) {
    return new Silence(
        "s", AlertMatch.parse(List.of("service=api")), from, until, null, "ayse", "a test", from);
  }

  private void silenceForAnHour() {
    lane.silences(new Silences(List.of(silence(start, start.plus(HOUR)))));
  }

  private void append(Alert alert) throws InterruptedException {
    lane.append(Alerts.at(alert, lane.clock.instant()));
    lane.poll(1);
    lane.step();
  }

  @Test
  void whatStillFiresWhenASilenceEndsIsToldThen() throws Exception {
    // Given
    silenceForAnHour();
    append(Alerts.firing("r", 1));
    assertThat(lane.attempted).isEmpty();
    assertThat(lane.dispatcher().held(Hold.SILENCED)).isEqualTo(1);
    assertThat(lane.waiting()).isZero();

    // When
    lane.drain();

    // Then
    assertThat(kinds()).containsExactly(Kind.FIRING);
    assertThat(lane.clock.instant()).isEqualTo(start.plus(HOUR));
  }

  @Test
  void whatFiresAndResolvesWithinASilenceIsToldToNobody() throws Exception {
    // Given
    silenceForAnHour();
    append(Alerts.firing("r", 1));
    lane.clock.advance(Duration.ofMinutes(5));

    // When
    append(Alerts.resolved("r", 1));
    lane.clock.advance(HOUR);
    lane.drain();

    // Then
    assertThat(lane.attempted).isEmpty();
    assertThat(lane.committed()).isEqualTo(2);
  }

  @Test
  void theEndOfWhatWasToldIsToldInASilence() throws Exception {
    // Given
    append(Alerts.firing("r", 1));

    // When
    silenceForAnHour();
    append(Alerts.resolved("r", 1));

    // Then
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.RESOLVED);
  }

  @Test
  void theEndOfWhatMayHaveBeenToldIsToldInASilence() throws Exception {
    // Given
    lane.behaves(n -> Outcome.retriable(Reason.TIMEOUT));
    append(Alerts.firing("r", 1));

    // When
    silenceForAnHour();
    lane.behaves(n -> Outcome.delivered());
    lane.clock.advance(Duration.ofMinutes(5));
    lane.step();
    append(Alerts.resolved("r", 1));

    // Then
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.BRIEF);
    assertThat(lane.clock.instant()).isBefore(start.plus(HOUR));
  }

  @Test
  void aSilenceThatIsLiftedLetsItsAlertsGoAtOnce() throws Exception {
    // Given
    silenceForAnHour();
    append(Alerts.firing("r", 1));
    lane.clock.advance(Duration.ofMinutes(5));

    // When
    lane.silences(new Silences(List.of(silence(start, lane.clock.instant()))));
    lane.step();

    // Then
    assertThat(kinds()).containsExactly(Kind.FIRING);
  }

  @Test
  void aNewProcessHoldsBackWhatTheOldOneDid() throws Exception {
    // Given
    silenceForAnHour();
    append(Alerts.firing("r", 1));

    // When
    lane.restart();
    lane.poll(1);
    lane.step();

    // Then
    assertThat(lane.attempted).isEmpty();
    lane.drain();
    assertThat(kinds()).containsExactly(Kind.FIRING);
  }

  @Test
  void whatWasSilencedAllItsLifeIsToldToNobodyThoughReadAfterwards() throws Exception {
    // Given
    silenceForAnHour();
    lane.append(Alerts.at(Alerts.firing("r", 1), start.plusSeconds(10)));
    lane.append(Alerts.at(Alerts.resolved("r", 1), start.plusSeconds(20)));
    lane.clock.advance(HOUR.multipliedBy(2));

    // When: the two come in two polls
    lane.poll(1);
    lane.step();
    lane.drain();

    // Then
    assertThat(lane.attempted).isEmpty();
    assertThat(lane.committed()).isEqualTo(2);
  }

  @Test
  void whatBeganBeforeASilenceIsNotLostToIt() throws Exception {
    // Given: read late, and over by then
    lane.append(Alerts.at(Alerts.firing("r", 1), start.minusSeconds(10)));
    lane.append(Alerts.at(Alerts.resolved("r", 1), start.plusSeconds(20)));
    silenceForAnHour();

    // When
    lane.drain();

    // Then
    assertThat(kinds()).containsExactly(Kind.BRIEF);
    assertThat(lane.clock.instant()).isEqualTo(start.plus(HOUR));
  }

  @Test
  void othersAreToldMeanwhile() throws Exception {
    // Given
    Silence other =
        new Silence(
            "s",
            AlertMatch.parse(List.of("rule=x")),
            start,
            start.plus(HOUR),
            null,
            "ayse",
            "a test",
            start);
    lane.silences(new Silences(List.of(other)));

    // When
    append(Alerts.firing("x", 1));
    append(Alerts.firing("r", 2));

    // Then
    assertThat(lane.attempted).singleElement().extracting(n -> n.alert().rule()).isEqualTo("r");
  }
}
