package io.tocsin.agent.source.file;

import static io.tocsin.agent.source.file.FileBox.SOON;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.agent.KafkaBox;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are renamed, cut, deleted and written anew: no line lost, none under two ids. */
class FileRotationTest {

  private static final String LONG_LINE = "x".repeat(1500);

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
  void aRenamedFileIsReadToItsEndAndTheNewOneFromItsStart() throws Exception {
    try (FileBox box = new FileBox(kafka, dir, "api.log", "").start()) {
      // Given
      box.line("api.log", "one", "two");
      box.expectOnce("one", "two");

      // When
      Files.move(box.file("api.log"), box.file("api.log.1"), ATOMIC_MOVE);
      box.line("api.log.1", "three, to the old file");
      box.line("api.log", "four");

      // Then
      box.expectOnce("one", "two", "three, to the old file", "four");
    }
  }

  @Test
  void whoeverWritesToAnIdleFileAfterItsRenameIsStillHeard() throws Exception {
    try (FileBox box = new FileBox(kafka, dir, "api.log", "").start();
        OutputStream writer =
            Files.newOutputStream(
                dir.resolve("api.log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      // Given: a file that has been idle for longer than a renamed one is waited for
      writer.write(FileBox.bytes("one\n"));
      box.expectOnce("one");
      long idleUntil = System.nanoTime() + 2_300_000_000L;
      await().atMost(SOON).until(() -> System.nanoTime() > idleUntil);

      // When
      Files.move(box.file("api.log"), box.file("renamed"), ATOMIC_MOVE);
      box.line("api.log", "to the new file");
      await().atMost(SOON).until(() -> box.status().equals("2 files open"));
      writer.write(FileBox.bytes("to the old file\n"));

      // Then
      box.expectOnce("one", "to the new file", "to the old file");
    }
  }

  @Test
  void aFileUnderAGlobKeepsItsIdentityThroughRotation() throws Exception {
    try (FileBox box = new FileBox(kafka, dir, "api.log*", "").start()) {
      // Given
      box.line("api.log", "one");
      box.expectOnce("one");

      // When
      Files.move(box.file("api.log"), box.file("api.log.1"), ATOMIC_MOVE);
      box.line("api.log", "two");
      box.expectOnce("one", "two");
      Files.move(box.file("api.log.1"), box.file("api.log.2"), ATOMIC_MOVE);
      Files.move(box.file("api.log"), box.file("api.log.1"), ATOMIC_MOVE);
      box.line("api.log", "three");

      // Then
      box.expectOnce("one", "two", "three");
    }
  }

  @Test
  void aFileThatIsCutIsReadFromItsStart() throws Exception {
    try (FileBox box = new FileBox(kafka, dir, "api.log", "").start()) {
      // Given
      box.line("api.log", "one", "two");
      box.expectOnce("one", "two");

      // When: the same first line comes again
      cut(box.file("api.log"));
      box.line("api.log", "one");

      // Then: it is another line, under another id
      await().atMost(SOON).until(() -> box.events().size() == 3);
      assertThat(box.messages()).containsExactlyInAnyOrder("one", "two", "one");
    }
  }

  @Test
  void aFileThatIsWrittenAnewBeyondWhatWasReadIsReadFromItsStart() throws Exception {
    try (FileBox box = new FileBox(kafka, dir, "api.log", "").start()) {
      // Given
      box.line("api.log", "banner", "one");
      box.expectOnce("banner", "one");

      // When: in one go, so that it never looks shorter
      Files.writeString(box.file("api.log"), "banner\nfirst\nsecond\nthird\n");

      // Then
      await().atMost(SOON).until(() -> box.events().size() == 6);
      assertThat(box.messages())
          .containsExactlyInAnyOrder("banner", "one", "banner", "first", "second", "third");
    }
  }

  @Test
  void whatWasNotReadBeforeACopytruncateIsReadFromTheCopy() throws Exception {
    FileBox box = new FileBox(kafka, dir, "api.log", "");
    // Given
    box.start();
    box.line("api.log", "one", LONG_LINE);
    box.expectOnce("one", LONG_LINE);
    box.stop();

    // When: lines are added and the file is rotated by copy before they are read
    box.line("api.log", "only in the copy");
    Files.copy(box.file("api.log"), box.file("api.log.1"));
    cut(box.file("api.log"));
    box.line("api.log", "after the cut");

    // Then
    box.start();
    box.expectOnce("one", LONG_LINE, "only in the copy", "after the cut");
    box.stop();
  }

  @Test
  void cutsThatNobodySawLoseNothing() throws Exception {
    FileBox box = new FileBox(kafka, dir, "api.log", "");
    // Given
    box.start();
    box.line("api.log", "one", LONG_LINE);
    box.expectOnce("one", LONG_LINE);
    box.stop();

    // When: it is rotated by copy three times, and copied once more
    box.line("api.log", "two");
    copyAndCut(box, "api.log.1");
    box.line("api.log", "three");
    copyAndCut(box, "api.log.2");
    box.line("api.log", "four", LONG_LINE);
    copyAndCut(box, "api.log.3");
    box.line("api.log", "five");
    Files.copy(box.file("api.log"), box.file("api.log.4"));

    // Then: and a second start reads none of the copies again
    for (int start = 0; start < 2; start++) {
      box.start();
      box.expectOnce("one", LONG_LINE, "two", "three", "four", LONG_LINE, "five");
      box.stop();
    }
  }

  @Test
  void cutsWhileTheFileWaitsForItsTurnLoseNothing() throws Exception {
    FileBox box = new FileBox(kafka, dir, "api.log", "");
    List<String> all = new ArrayList<>();
    try (LateBroker broker = new LateBroker(kafka.settings())) {
      // Given: no broker yet, and more than may be under way
      box.start(broker.settings());
      box.line("api.log", numbered(all, 8_000));
      await().atMost(FileBox.SOON).until(() -> box.status().startsWith("1 files"));
      copyAndCut(box, "api.log.1");
      box.line("api.log", numbered(all, 10));
      await().atMost(FileBox.SOON).until(() -> box.status().startsWith("2 files"));

      // When: what was left of it is still being waited for
      copyAndCut(box, "api.log.2");
      box.line("api.log", numbered(all, 10));
      copyAndCut(box, "api.log.3");
      box.line("api.log", numbered(all, 10));
      broker.open();

      // Then
      box.expectOnce(all.toArray(String[]::new));
      box.stop();
    }
  }

  private static String[] numbered(List<String> all, int count) {
    String[] lines = new String[count];
    for (int i = 0; i < count; i++) {
      lines[i] = all.size() + " of many lines that are" + " long".repeat(40);
      all.add(lines[i]);
    }
    return lines;
  }

  @Test
  void aCopyOfWhatWasReadIsNoFileOfItsOwn() throws Exception {
    FileBox box = new FileBox(kafka, dir, "api.log", "");
    // Given: a copy that was taken early, and one of all that was read
    box.start();
    box.line("api.log", "one", LONG_LINE);
    box.expectOnce("one", LONG_LINE);
    Files.copy(box.file("api.log"), box.file("api.log.1"));
    box.line("api.log", "two");
    box.expectOnce("one", LONG_LINE, "two");
    box.stop();

    // When
    copyAndCut(box, "api.log.2");
    Files.setLastModifiedTime(box.file("api.log.1"), FileTime.from(Instant.now()));
    box.line("api.log", "three");

    // Then
    box.start();
    box.expectOnce("one", LONG_LINE, "two", "three");
    box.stop();
  }

  @Test
  void aCopyUnderTheGlobIsNotReadTwice() throws Exception {
    try (FileBox box = new FileBox(kafka, dir, "api.log*", "").start()) {
      // Given
      box.line("api.log", "one", LONG_LINE);
      box.expectOnce("one", LONG_LINE);

      // When
      Files.copy(box.file("api.log"), box.file("api.log.1"));
      box.line("api.log", "between copy and cut");
      box.expectOnce("one", LONG_LINE, "between copy and cut");
      cut(box.file("api.log"));
      box.line("api.log", "after the cut");

      // Then
      box.expectOnce("one", LONG_LINE, "between copy and cut", "after the cut");
    }
  }

  @Test
  void aFileThatIsDeletedAndMadeAgainIsAnother() throws Exception {
    try (FileBox box = new FileBox(kafka, dir, "api.log", "").start()) {
      // Given
      box.line("api.log", "same", "one");
      box.expectOnce("same", "one");

      // When
      Files.delete(box.file("api.log"));
      box.line("api.log", "same", "two");

      // Then
      await().atMost(SOON).until(() -> box.events().size() == 4);
      assertThat(box.messages()).containsExactlyInAnyOrder("same", "one", "same", "two");
    }
  }

  @Test
  void rotationWhileTheAgentIsDownLosesNothing() throws Exception {
    FileBox box = new FileBox(kafka, dir, "api.log", "");
    // Given
    box.start();
    box.line("api.log", "one");
    box.expectOnce("one");
    box.stop();

    // When: it is rotated twice
    box.line("api.log", "two");
    Files.move(box.file("api.log"), box.file("api.log.1"), ATOMIC_MOVE);
    box.line("api.log", "three");
    Files.move(box.file("api.log.1"), box.file("api.log.2"), ATOMIC_MOVE);
    Files.move(box.file("api.log"), box.file("api.log.1"), ATOMIC_MOVE);
    box.line("api.log", "four");

    // Then
    box.start();
    box.expectOnce("one", "two", "three", "four");
    box.stop();
  }

  @Test
  void theLastLineOfARotatedFileNeedsNoEnd() throws Exception {
    try (FileBox box = new FileBox(kafka, dir, "*.log", "").start()) {
      // Given
      box.write("a.log", "one\nno end");
      box.write("b.log", "neither here");
      box.expectOnce("one");

      // When
      Files.move(box.file("a.log"), box.file("a.old"), ATOMIC_MOVE);
      Files.move(box.file("b.log"), box.file("b.old"), ATOMIC_MOVE);

      // Then
      box.expectOnce("one", "no end", "neither here");
    }
  }

  @Test
  void rotationUnderLoadLosesNothing() throws Exception {
    Random random = new Random(20261121);
    List<String> written = new ArrayList<>();
    try (FileBox box = new FileBox(kafka, dir, "api.log", "").start()) {
      // Given: the agent knows the file
      box.line("api.log", "first");
      written.add("first");
      await().atMost(SOON).until(() -> box.status().equals("1 files open"));

      // When
      for (int i = 0; i < 3000; i++) {
        String line = "line " + i;
        box.line("api.log", line);
        written.add(line);
        if (random.nextInt(300) == 0) {
          rotate(box);
        }
      }

      // Then
      box.expectOnce(written.toArray(String[]::new));
    }
  }

  /** As Python's RotatingFileHandler does it with five backups. */
  private static void rotate(FileBox box) throws Exception {
    for (int i = 8; i > 0; i--) {
      Path from = box.file("api.log." + i);
      if (Files.exists(from)) {
        Files.move(from, box.file("api.log." + (i + 1)), ATOMIC_MOVE);
      }
    }
    Files.move(box.file("api.log"), box.file("api.log.1"), ATOMIC_MOVE);
  }

  private static void copyAndCut(FileBox box, String to) throws Exception {
    Files.copy(box.file("api.log"), box.file(to));
    cut(box.file("api.log"));
  }

  private static void cut(Path file) throws Exception {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
  }
}
