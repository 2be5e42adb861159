package io.tocsin.agent.source.file;

import static io.tocsin.agent.source.file.FileBox.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tocsin.agent.KafkaBox;
import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.event.SourceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines that are one event. */
class MultilineTest {

  private static final String PYTHON =
      """
      request failed
      Traceback (most recent call last):
        File "a.py", line 1, in <module>
          run()
      ValueError: bad

      During handling of the above exception, another exception occurred:

      Traceback (most recent call last):
        File "b.py", line 2, in run
      KeyError: 'x'""";

  private static final String JAVA =
      """
      request failed
      java.lang.IllegalStateException: closed
      \tat a.B.c(B.java:7)
      \t... 3 more
      Caused by: java.io.IOException: gone
      \tat a.B.d(B.java:9)
      \tSuppressed: java.lang.Error: x""";

  @TempDir static Path brokerDir;
  private static KafkaBox kafka;

  @TempDir Path dir;

  @BeforeAll
  static void startBroker() {
    kafka = new KafkaBox(brokerDir);
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void aPythonTracebackIsOneEventUnderTheOffsetOfItsFirstLine() throws Exception {
    try (FileBox box = box("multiline: python").start()) {
      // When
      box.line("api.log", "before", PYTHON, "after");

      // Then
      box.expectOnce("before", PYTHON, "after");
      assertThat(box.events())
          .extracting(got -> SourceId.parse(got.text("id")).orElseThrow().sequence())
          .containsExactly(0L, 7L, 7L + PYTHON.length() + 1);
    }
  }

  @Test
  void aJavaStackTraceIsOneEvent() throws Exception {
    try (FileBox box = box("multiline: java").start()) {
      // When
      box.line("api.log", "before", JAVA, "after", "", "", "last");

      // Then
      box.expectOnce("before", JAVA, "after", "last");
    }
  }

  @Test
  void anEventBeginsWhereThePatternSays() throws Exception {
    try (FileBox box = box("multiline: { start: '^#', flush: 100ms }").start()) {
      // When
      box.line("api.log", "torn", "#1", "", "more", "#2", "");

      // Then
      box.expectOnce("torn", "#1\n\nmore", "#2");
    }
  }

  @Test
  void aLineOnWhichThePatternIsGivenUpBeginsAnEvent() throws Exception {
    String evil = "a".repeat(3_000);
    try (FileBox box = box("multiline: { start: '^(a|aa)+b', flush: 100ms }").start()) {
      // When
      box.line("api.log", "aab", "more", evil, evil, "aab");

      // Then
      box.expectOnce("aab\nmore", evil, evil, "aab");
    }
  }

  @Test
  void moreLinesOrBytesThanAllowedBeginANewEventAndNothingIsLost() throws Exception {
    try (FileBox box =
        box("max-line: 1KiB\nmultiline: { start: '^#', max-lines: 3, flush: 100ms }").start()) {
      // Given
      String wide = "x".repeat(1000);

      // When
      box.line("api.log", "#1", "a", "b", "c", "d", "#2", wide, wide);

      // Then
      box.expectOnce("#1\na\nb", "c\nd", "#2\n" + wide, wide);
    }
  }

  @Test
  void aRestartInTheMiddleNeitherSplitsNorDoubles() throws Exception {
    String[] lines = PYTHON.split("\n", -1);
    // Given
    try (FileBox box = box("multiline: { kind: python, flush: 1m }")) {
      box.start();
      box.line("api.log", "before");
      for (int cut = 0; cut < lines.length; cut++) {
        // When: the agent is stopped, or killed, after each line
        box.line("api.log", lines[cut]);
        awaitRead(box);
        if (cut % 2 == 0) {
          box.stop();
        } else {
          box.kill();
        }
        box.start();
      }
      box.line("api.log", "after", "end");

      // Then
      await().atMost(SOON).until(() -> box.messages().contains("after"));
      assertThat(box.messages()).containsExactly("before", PYTHON, "after");
      box.stop();
      assertThat(box.saved("api.log"))
          .isEqualTo(Files.size(box.file("api.log")) - "end\n".length());
      box.start();
    }
  }

  @Test
  void aRotatedAndACutFileKeepTheirLastEvent() throws Exception {
    try (FileBox box = box("multiline: { kind: java, flush: 1m }").start()) {
      // Given
      box.line("api.log", "first", JAVA);
      box.expect("first");

      // When: renamed away, and its successor written anew in place
      Files.move(box.file("api.log"), box.file("api.log.1"));
      box.line("api.log", "second", JAVA);
      box.expect("first", JAVA, "second");
      Files.writeString(box.file("api.log"), "third\nfourth\n");

      // Then
      box.expect("first", JAVA, "second", JAVA, "third");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "multiline: ruby | must be python, java or { start: REGEX }",
        "multiline: { max-lines: 5 } | must be python, java or { start: REGEX }",
        "multiline: { kind: java, start: x } | must be python, java or { start: REGEX }",
        "multiline: { start: x, max-lines: 1 } | must be 2 to 100000",
        "multiline: { start: x, flush: 0s } | must be more than nothing",
      })
  void whatCannotBeIsRefused(String yaml, String problem) {
    String whole = "paths: [/a]\nservice: api\n" + yaml;
    assertThatThrownBy(() -> ConfigReader.read("agent.yaml", whole, FileConfig.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  private FileBox box(String more) throws Exception {
    return new FileBox(kafka, dir, "api.log", more);
  }

  /** Waits until what was written is read, as far as that can be seen from outside. */
  private static void awaitRead(FileBox box) {
    await().atMost(SOON).until(() -> box.messages().contains("before"));
    assertThat(Arrays.asList("before")).containsAll(box.messages());
  }
}
