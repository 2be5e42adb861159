package io.tocsin.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.topics.TopicAdmin;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SilenceCommandsTest {

  @TempDir private static Path data;
  private static EmbeddedKafka broker;
  private final CommandRun command = new CommandRun(broker);

  @BeforeAll
  static void startKafka() {
    broker = EmbeddedKafka.start(EmbeddedKafka.Options.in(data));
    TopicAdmin.applyDefaults(KafkaSettings.of(broker.bootstrapServers()));
  }

  @AfterAll
  static void stopKafka() {
    broker.close();
  }

  @Test
  void aSilenceIsMadeShownAndEnded() {
    // When
    int made =
        run(
            "silence --match service=api,severity=high --for 2h --by ayse --id release --reason",
            "new release");
    String first = shown();
    int listed = run("silences");
    String list = shown();
    int dry = run("unsilence release --dry-run");
    int ended = run("unsilence release");
    String last = shown();
    int again = run("unsilence release");
    int allListed = run("silences --all");

    // Then
    assertThat(List.of(made, listed, dry, ended, allListed)).containsOnly(0);
    assertThat(first)
        .startsWith("silenced service=api,severity=high now until 20")
        .contains(": new release", "end it with: tocsin rules unsilence release");
    assertThat(list.lines().filter(line -> line.startsWith("release")))
        .singleElement()
        .asString()
        .matches("release +active +20.*Z +20.*Z +service=api,severity=high +ayse +new release");
    assertThat(last.lines()).containsExactly("would end release", "ended release");
    assertThat(again).isEqualTo(1);
    assertThat(command.err()).contains("no silence in force or to come: release");
    assertThat(shown()).containsPattern("release +expired");
  }

  @Test
  void aScheduleIsShownWithItsNextHours() {
    // Given: not now, whenever this runs
    DayOfWeek day = LocalDate.now(ZoneId.of("Europe/Istanbul")).plusDays(3).getDayOfWeek();
    String schedule =
        "every " + day.name().toLowerCase(Locale.ROOT) + " 02:00-04:00 Europe/Istanbul";

    // When
    int made = run("silence --match rule=* --id weekly --reason backup --schedule", schedule);
    int listed = run("silences");

    // Then
    assertThat(List.of(made, listed)).containsOnly(0);
    assertThat(shown())
        .containsPattern("weekly +waiting +20.*T23:00:00.000Z +20.*T01:00:00.000Z")
        .contains("backup (" + schedule + ")");
  }

  @Test
  void aDryRunWritesNothing() {
    // When
    int dry = run("silence --match rule=* --id dry --for 2h --dry-run --reason", "a test");
    int listed = run("silences --all");

    // Then
    assertThat(List.of(dry, listed)).containsOnly(0);
    assertThat(shown()).contains("would silence rule=* now until").doesNotContain("dry  ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --match api --for 2h                               | match 'api' must be name=value
          --match rule=*                                     | one of --for, --until and --schedule
          --match rule=* --for 2                             | must be a duration with its unit
          --match rule=* --for 0s                            | must end after it begins
          --match rule=* --for 2h --until 2999-01-01T00:00:00Z | exclude each other
          --match rule=* --schedule sometimes                | must be every, first
          --match severity=urgent --for 2h                   | must be high, medium or low
          --match rule=* --for 2h --id a/b                   | must be letters, digits
          """)
  void whatIsWrongIsToldBeforeAnythingIsWritten(String arguments, String problem) {
    assertThat(run("silence " + arguments + " --reason", "a test")).isEqualTo(2);
    assertThat(command.err()).contains(problem).doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ack", "silence", "silences", "unsilence"})
  void theHelpShowsExamples(String name) {
    assertThat(command.run(name + " --help")).isZero();
    assertThat(shown()).contains("Examples:", "tocsin rules " + name);
  }

  private String shown() {
    return command.out();
  }

  /** Words, and one last argument that may have blanks. */
  private int run(String words, String... last) {
    return command.run(words, last);
  }
}
