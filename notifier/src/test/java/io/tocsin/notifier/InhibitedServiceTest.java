package io.tocsin.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What fires on a real topic keeps others from being told, in a notifier that starts as well. */
class InhibitedServiceTest extends NotifierFixture {

  private Alert inhibited(Alert alert) {
    return Alerts.inhibitedBy(alert, rule + "-cause");
  }

  private void cause(Alert alert) {
    topic.put(Topics.ALERT_STATE, alert.fingerprint(), EventCodec.encode(alert));
  }

  private void awaitInhibited(int count) {
    await()
        .atMost(LONG)
        .until(
            () ->
                new String(metrics.text(), StandardCharsets.UTF_8)
                    .contains("tocsin_notifier_inhibited " + count + ".0"));
  }

  @Test
  void whatAnotherAlertInhibitsIsToldWhenThatIsOver() {
    // Given: the other fires already, and a notifier starts
    cause(Alerts.firing(rule + "-cause", 1));
    start(config(Map.of("slack", slack.receiver())), metrics);
    topic.put(inhibited(firing(2)));
    awaitInhibited(1);
    assertThat(slack.told()).isEmpty();

    // When
    cause(Alerts.resolved(rule + "-cause", 1));

    // Then
    awaitTold(1);
    assertThat(slack.told()).containsExactly(told("firing", 2));
  }
}
