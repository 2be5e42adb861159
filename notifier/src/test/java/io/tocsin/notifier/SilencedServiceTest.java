package io.tocsin.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.event.silence.AlertMatch;
import io.tocsin.event.silence.Silence;
import io.tocsin.topics.SilencesAdmin;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Silences on a real topic, followed by a running notifier and by one that starts. */
class SilencedServiceTest extends NotifierFixture {

  private final Clock clock = Clock.systemUTC();

  /** What one test silenced is not to be held back in the next, whose receivers read it too. */
  @AfterEach
  void unsilence() {
    new SilencesAdmin(kafka).end("of-" + rule, clock.instant());
  }

  private String silence() {
    Instant now = clock.instant();
    String id = "of-" + rule;
    Silence silence =
        new Silence(
            id,
            AlertMatch.parse(List.of("rule=" + rule)),
            now,
            now.plus(Duration.ofHours(1)),
            null,
            "ayse",
            "a test",
            now);
    new SilencesAdmin(kafka).put(silence, now);
    return id;
  }

  private void awaitSilenced(int count) {
    await()
        .atMost(LONG)
        .until(
            () ->
                new String(metrics.text(), StandardCharsets.UTF_8)
                    .contains("tocsin_notifier_silenced " + count + ".0"));
  }

  @Test
  void whatIsSilencedIsToldWhenTheSilenceIsLifted() {
    // Given
    String id = silence();
    start(config(Map.of("slack", slack.receiver())), metrics);
    topic.put(firing(1));
    awaitSilenced(1);
    assertThat(slack.told()).isEmpty();

    // When
    new SilencesAdmin(kafka).end(id, clock.instant());

    // Then
    awaitTold(1);
    assertThat(slack.told()).containsExactly(told("firing", 1));
  }

  @Test
  void aSilenceOutlivesARestartAndNeverTheEndOfWhatWasTold() throws Exception {
    // Given: one told, then a silence, then another
    NotifierService first = startWithSlack(Duration.ZERO);
    topic.put(firing(1));
    awaitTold(1);
    silence();
    first.close();
    topic.put(Alerts.at(firing(2), clock.instant()));

    // When
    start(config(Map.of("slack", slack.receiver())), metrics);
    awaitSilenced(1);
    topic.put(resolved(1));
    awaitTold(2);
    topic.put(Alerts.at(resolved(2), clock.instant()));
    awaitSilenced(0);

    // Then
    assertThat(slack.told()).containsExactly(told("firing", 1), told("resolved", 1));
  }
}
