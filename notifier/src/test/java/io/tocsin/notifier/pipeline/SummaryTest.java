package io.tocsin.notifier.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.Alerts;
import io.tocsin.notifier.message.SummaryText;
import io.tocsin.notifier.pipeline.Notification.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

  private static Notification of(Kind kind, String rule, int n) {
    return new Notification(
        kind, kind == Kind.FIRING ? Alerts.firing(rule, n) : Alerts.resolved(rule, n), null);
  }

  @Test
  void whatFiresComesFirstThenTheMost() {
    // Given
    List<Notification> storm = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      storm.add(of(Kind.RESOLVED, "calming", n));
      storm.add(of(Kind.FIRING, "loud", n));
    }
    storm.add(of(Kind.FIRING, "quiet", 1));
    storm.add(of(Kind.BRIEF, "quiet", 2));

    // When
    Summary summary = new Summary(storm);

    // Then
    assertThat(SummaryText.headline(summary))
        .isEqualTo("8 alerts at once: 4 firing, 3 resolved, 1 fired and resolved");
    assertThat(SummaryText.top(summary))
        .isEqualTo(
            """
            high loud: 3 firing; last: 7 errors in 1m from api (loud 2)
            high quiet: 1 firing, 1 over; last: 7 errors in 1m from api (quiet 2)
            high calming: 3 over; last: 7 errors in 1m from api (calming 2)""");
  }

  @Test
  void tenRulesAreNamedAndTheRestCounted() {
    List<Notification> storm = new ArrayList<>();
    for (int n = 0; n < 12; n++) {
      storm.add(of(Kind.FIRING, "rule-" + (char) ('a' + n), n));
    }
    assertThat(SummaryText.top(new Summary(storm)).lines())
        .hasSize(11)
        .last()
        .isEqualTo("and 2 rules more");
  }
}
