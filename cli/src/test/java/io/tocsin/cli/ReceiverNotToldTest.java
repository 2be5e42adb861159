package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.prove.Recording;
import io.tocsin.alerting.prove.Replay;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule that the guide shows for receivers that are not told. */
class ReceiverNotToldTest {

  private static final Path GUIDE = Path.of("..", "docs", "guides", "notifications.md");

  /** As the notifier writes it; its AnnouncementsTest pins it. */
  private static final String EVENT =
      """
      {"ts":"2025-12-10T12:00:00.000Z","service":"tocsin-notifier","level":"ERROR",\
      "event":"notification_given_up","message":"ops-slack was not told of disk-full: not_found",\
      "meta":{"receiver":"ops-slack","reason":"not_found"},\
      "id":"tocsin-notifier:given-up:ops-slack:0:7"}
      """;

  @TempDir private Path folder;

  @Test
  void ringsAndNamesTheEventOnBothEndsSoThatTheNotifierKnowsItsOwn() throws Exception {
    // Given
    String rule =
        Pattern.compile("```yaml\n(rules:.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(GUIDE))
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    Path events = Files.writeString(folder.resolve("events.ndjson"), EVENT);
    List<Alert> transitions = new ArrayList<>();
    Replay replay =
        new Replay(
            RuleSet.parse(GUIDE.toString(), rule),
            null,
            Instant.parse("2025-12-10T13:00:00Z"),
            transitions::add);
    // When
    Recording.read(events, replay::read);
    replay.finish();
    // Then
    assertThat(transitions)
        .extracting(Alert::status)
        .containsExactly(Status.FIRING, Status.RESOLVED);
    assertThat(transitions)
        .allSatisfy(
            alert -> {
              assertThat(alert.summary())
                  .isEqualTo("ops-slack is not told of alerts any more: not_found");
              assertThat(alert.evidence())
                  .containsExactly("tocsin-notifier:given-up:ops-slack:0:7");
            });
  }
}
