package io.tocsin.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tocsin.event.Alert;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.SourceId;
import io.tocsin.notifier.Alerts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A notification that is given up is itself a thing to ring for. */
class AnnouncementsTest {

  private static final Outcome REFUSED = new Outcome.Rejected(Reason.NOT_FOUND, "no_service");

  private final LaneModel lane =
      new LaneModel(
          new Random(1), Duration.ofDays(1), Pace.FREE, new Storms(30, Duration.ofMinutes(1)));

  @Test
  void whatIsRefusedIsAnnounced() throws Exception {
    // Given
    lane.behaves(n -> REFUSED);
    Alert alert = Alerts.firing("disk-full", 1);
    // When
    lane.append(alert);
    lane.drain();
    // Then
    LogEvent event = lane.announced.getFirst();
    assertThat(lane.announced).hasSize(1);
    assertThat(event.service()).isEqualTo("tocsin-notifier");
    assertThat(event.level()).isEqualTo(Level.ERROR);
    assertThat(event.event()).isEqualTo("notification_given_up");
    assertThat(event.message()).isEqualTo("r was not told of disk-full: not_found");
    assertThat(event.meta())
        .contains(
            entry("receiver", "r"),
            entry("reason", "not_found"),
            entry("detail", "no_service"),
            entry("rule", "disk-full"),
            entry("severity", "high"),
            entry("status", "firing"),
            entry("episode", alert.episode()));
    assertThat(event.id()).isEqualTo("tocsin-notifier:given-up:r:0:0");
    assertThat(SourceId.parse(event.id())).isEmpty();
  }

  @Test
  void whatTookTooLongIsAnnouncedOnce() throws Exception {
    // Given
    lane.behaves(n -> Outcome.retriable(Reason.SERVER_ERROR));
    // When
    lane.append(Alerts.firing("r", 1));
    lane.drain();
    // Then
    assertThat(lane.announced).extracting(e -> e.meta().get("reason")).containsExactly("expired");
  }

  @Test
  void aRefusedSummaryIsOneAnnouncement() throws Exception {
    // Given
    lane.sumsUp(summary -> REFUSED);
    for (int n = 0; n < 50; n++) {
      lane.append(Alerts.firing("r", n));
    }
    // When
    lane.drain();
    // Then
    assertThat(lane.deadLetters).hasSize(50);
    assertThat(lane.announced).hasSize(1);
    assertThat(lane.announced.getFirst().meta().get("notifications")).hasToString("50");
  }

  @Test
  void aReceiverThatTakesNothingDoesNotHearOfItselfForEver() throws Exception {
    // Given: whatever is announced fires and resolves an alert, led to the very same receiver
    lane.behaves(n -> REFUSED);
    lane.append(Alerts.firing("disk-full", 1));
    int rung = 0;
    // When: the engine gets as many turns as it could want
    for (int turn = 0; turn < 50; turn++) {
      lane.drain();
      List<LogEvent> unheard = lane.announced.subList(rung, lane.announced.size());
      for (LogEvent event : new ArrayList<>(unheard)) {
        rung++;
        List<String> evidence = List.of("edge-01/api/1/42", String.valueOf(event.id()));
        lane.append(Alerts.tippedBy(Alerts.firing("untold", rung), evidence));
        lane.append(Alerts.tippedBy(Alerts.resolved("untold", rung), evidence));
      }
    }
    // Then: all of it is kept, and said once
    assertThat(lane.announced).hasSize(1);
    assertThat(lane.deadLetters).hasSize(3);
    assertThat(lane.waiting()).isZero();
  }

  @Test
  void whatIsGroupedByTheNotifierItselfIsNotAnnounced() throws Exception {
    // Given
    lane.behaves(n -> REFUSED);
    Alert alert = Alerts.firing("error-ratio", 1);
    // When
    lane.append(Alerts.saying(alert, "error-ratio", "many", Map.of("service", "tocsin-notifier")));
    lane.drain();
    // Then
    assertThat(lane.deadLetters).hasSize(1);
    assertThat(lane.announced).isEmpty();
  }

  @Test
  void inASummaryTheAlertsAboutOthersAreAnnouncedAllTheSame() throws Exception {
    // Given
    lane.sumsUp(summary -> REFUSED);
    List<String> own = List.of("tocsin-notifier:given-up:r:0:9");
    for (int n = 0; n < 40; n++) {
      lane.append(Alerts.tippedBy(Alerts.firing("untold", n), own));
    }
    lane.append(Alerts.firing("disk-full", 41));
    // When
    lane.drain();
    // Then
    assertThat(lane.announced)
        .extracting(event -> event.meta().get("rule"))
        .containsExactly("disk-full");
  }
}
