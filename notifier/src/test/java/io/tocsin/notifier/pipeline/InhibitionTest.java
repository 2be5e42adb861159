package io.tocsin.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Alert;
import io.tocsin.notifier.Alerts;
import io.tocsin.notifier.pipeline.Notification.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InhibitionTest {

  private final LaneModel lane = new LaneModel(new Random(1), Duration.ofDays(1), Pace.FREE);
  private final Instant start = lane.clock.instant();

  private List<Kind> kinds() {
    return lane.attempted.stream().map(Notification::kind).toList();
  }

  private Instant minute(int minute) {
    return start.plus(Duration.ofMinutes(minute));
  }

  private void slow(Alert alert, int minute) throws InterruptedException {
    lane.append(Alerts.inhibitedBy(Alerts.at(alert, minute(minute)), "down"));
    lane.runUntil(minute(minute).plusSeconds(2));
  }

  private void down(Alert alert, int minute) throws InterruptedException {
    lane.firing.take(Alerts.at(alert, minute(minute)));
    lane.runUntil(minute(minute).plusSeconds(2));
  }

  @Test
  void nobodyIsToldOfWhatFiresAndResolvesWhileTheOtherFires() throws Exception {
    down(Alerts.firing("down", 1), 0);
    slow(Alerts.firing("slow", 1), 1);
    assertThat(lane.dispatcher().held(Hold.INHIBITED)).isEqualTo(1);
    slow(Alerts.resolved("slow", 1), 5);
    down(Alerts.resolved("down", 1), 10);
    lane.runUntil(minute(20));
    assertThat(lane.attempted).isEmpty();
    assertThat(lane.committed()).isEqualTo(2);
  }

  @Test
  void whatStillFiresWhenTheOtherResolvesIsToldThen() throws Exception {
    // Given
    down(Alerts.firing("down", 1), 0);
    slow(Alerts.firing("slow", 1), 1);
    lane.restart();
    lane.runUntil(minute(9));
    assertThat(lane.attempted).isEmpty();

    // When
    down(Alerts.resolved("down", 1), 10);
    slow(Alerts.resolved("slow", 1), 11);

    // Then
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.RESOLVED);
  }

  @Test
  void theEndOfWhatWasToldIsToldWhileTheOtherFires() throws Exception {
    slow(Alerts.firing("slow", 1), 0);
    down(Alerts.firing("down", 1), 1);
    slow(Alerts.resolved("slow", 1), 2);
    assertThat(kinds()).containsExactly(Kind.FIRING, Kind.RESOLVED);
  }

  @Test
  void whatComesAtTheSameMomentIsKnownInTime() throws Exception {
    // Given
    lane.append(Alerts.inhibitedBy(Alerts.at(Alerts.firing("slow", 1), start), "down"));
    lane.runUntil(start.plusMillis(500));
    assertThat(lane.attempted).isEmpty();

    // When
    lane.firing.take(Alerts.at(Alerts.firing("down", 1), start));
    lane.runUntil(minute(5));

    // Then
    assertThat(lane.attempted).isEmpty();
  }

  @Test
  void withoutAnInhibitorItIsToldASecondLater() throws Exception {
    lane.append(Alerts.inhibitedBy(Alerts.firing("slow", 1), "down"));
    lane.append(Alerts.firing("other", 1));
    lane.runUntil(start.plusMillis(999));
    assertThat(lane.attempted).extracting(n -> n.alert().rule()).containsExactly("other");
    lane.runUntil(start.plusSeconds(1));
    assertThat(lane.attempted).hasSize(2);
  }

  @Test
  void whatWasPartlyOutsideIsToldWhenTheOtherIsOver() throws Exception {
    // Given: read late, and over by then
    lane.firing.take(Alerts.at(Alerts.firing("down", 1), minute(5)));
    lane.append(Alerts.inhibitedBy(Alerts.at(Alerts.firing("slow", 1), minute(0)), "down"));
    lane.append(Alerts.inhibitedBy(Alerts.at(Alerts.resolved("slow", 1), minute(8)), "down"));
    lane.clock.advanceTo(minute(9));
    lane.runUntil(minute(10));
    assertThat(lane.attempted).isEmpty();

    // When
    down(Alerts.resolved("down", 1), 11);

    // Then
    assertThat(kinds()).containsExactly(Kind.BRIEF);
  }

  @Test
  void whatWasInhibitedAllItsLifeIsToldToNobodyThoughReadAfterwards() throws Exception {
    // Given
    lane.firing.take(Alerts.at(Alerts.firing("down", 1), minute(0)));
    lane.firing.take(Alerts.at(Alerts.resolved("down", 1), minute(20)));
    lane.append(Alerts.inhibitedBy(Alerts.at(Alerts.firing("slow", 1), minute(1)), "down"));
    lane.append(Alerts.inhibitedBy(Alerts.at(Alerts.resolved("slow", 1), minute(8)), "down"));
    lane.clock.advanceTo(minute(30));

    // When: the two come in two polls
    lane.poll(1);
    lane.step();
    lane.clock.advance(Duration.ofSeconds(2));
    lane.step();
    lane.runUntil(minute(40));

    // Then
    assertThat(lane.attempted).isEmpty();
    assertThat(lane.committed()).isEqualTo(2);
  }

  @Test
  void anotherServicesTroubleIsNoReason() throws Exception {
    down(Alerts.about(Alerts.firing("down", 1), "ui"), 0);
    slow(Alerts.firing("slow", 1), 1);
    assertThat(kinds()).containsExactly(Kind.FIRING);
  }

  @Test
  void anAlertThatIsNoLongerKnownInhibitsNothing() throws Exception {
    down(Alerts.firing("down", 1), 0);
    slow(Alerts.firing("slow", 1), 1);
    lane.firing.forget(Alerts.firing("down", 1).fingerprint());
    lane.runUntil(minute(2));
    assertThat(kinds()).containsExactly(Kind.FIRING);
  }
}
