package io.tocsin.cli.deadletters;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.Durations;
import io.tocsin.bootstrap.config.InvalidValueException;
import io.tocsin.event.DeadLetter;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which letters; all that is given must hold. */
final class LetterFilter {

  @Parameters(
      paramLabel = "LETTER",
      arity = "0..*",
      description = "only these, named as tocsin dead-letters list shows them: 0-1234")
  private List<String> names = List.of();

  @Option(names = "--stage", description = "who gave it up: agent, alerting, indexer or notifier")
  private @Nullable String stage;

  @Option(names = "--reason", description = "why, such as not_json or bad_ts")
  private @Nullable String reason;

  @Option(names = "--topic", description = "the topic the record came from")
  private @Nullable String topic;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "given up since then: 2h, or 2026-11-21T10:00:00Z")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "given up before then: 2h, or 2026-11-21T10:00:00Z")
  private @Nullable String until;

  @Option(
      names = "--contains",
      paramLabel = "TEXT",
      description = "with this text in the detail or in the record, upper and lower case alike")
  private @Nullable String contains;

  /** A filter with its times read. */
  interface Test {
    boolean takes(Letter letter);
  }

  /**
   * Reads the times.
   *
   * @throws UserError when one is none
   */
  Test at(Clock clock) {
    Instant from = since == null ? Instant.MIN : time("--since", since, clock);
    Instant to = until == null ? Instant.MAX : time("--until", until, clock);
    return letter -> {
      DeadLetter content = letter.content();
      return (names.isEmpty() || names.contains(letter.name()))
          && (stage == null || stage.equals(content.stage()))
          && (reason == null || reason.equals(content.reason()))
          && (topic == null || topic.equals(content.topic()))
          && !content.ts().isBefore(from)
          && content.ts().isBefore(to)
          && (contains == null || contains(content, contains.toLowerCase(Locale.ROOT)));
    };
  }

  private static boolean contains(DeadLetter content, String text) {
    return String.valueOf(content.detail()).toLowerCase(Locale.ROOT).contains(text)
        || LetterText.plain(content.bytes()).toLowerCase(Locale.ROOT).contains(text);
  }

  private static Instant time(String option, String text, Clock clock) {
    try {
      return Character.isDigit(text.charAt(text.length() - 1)) || text.endsWith("Z")
          ? Instant.parse(text)
          : clock.instant().minus(Durations.parse(text));
    } catch (DateTimeException | InvalidValueException | StringIndexOutOfBoundsException e) {
      throw new UserError(
          option + " " + text + " is no time",
          "give 2h for two hours ago, or 2026-11-21T10:00:00Z");
    }
  }

  /** Whether every letter passes. */
  boolean isEmpty() {
    return names.isEmpty()
        && stage == null
        && reason == null
        && topic == null
        && since == null
        && until == null
        && contains == null;
  }
}
