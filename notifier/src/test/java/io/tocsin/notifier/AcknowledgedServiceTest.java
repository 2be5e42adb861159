package io.tocsin.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.event.ack.AcknowledgementCodec;
import io.tocsin.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Acknowledgements on a real topic, followed by a running notifier and by one that starts. */
class AcknowledgedServiceTest extends NotifierFixture {

  private final Instant now = Instant.parse("2025-12-10T12:05:00Z");

  private void acknowledge(int n) {
    Acknowledgement acknowledgement = new Acknowledgement(firing(n).episode(), "ayse", "", now);
    topic.put(Topics.SILENCES, acknowledgement.key(), AcknowledgementCodec.encode(acknowledgement));
  }

  @AfterEach
  void takeBack() {
    topic.put(Topics.SILENCES, Acknowledgement.keyOf(firing(1).episode()), null);
    topic.put(Topics.SILENCES, Acknowledgement.keyOf(firing(2).episode()), null);
  }

  @Test
  void whoTakesCareIsToldOnceAndOverARestart() {
    // Given: two told, one acknowledged while the notifier runs and one while it does not
    NotifierService first = startWithSlack(Duration.ZERO);
    topic.put(firing(1), firing(2));
    awaitTold(2);
    acknowledge(1);
    awaitTold(3);
    first.close();
    acknowledge(2);

    // When
    startWithSlack(Duration.ZERO);
    awaitTold(4);
    topic.put(resolved(1), resolved(2));
    awaitTold(6);

    // Then
    assertThat(slack.told())
        .containsExactly(
            told("firing", 1),
            told("firing", 2),
            told("acknowledged", 1),
            told("acknowledged", 2),
            told("resolved", 1),
            told("resolved", 2));
  }
}
