package io.tocsin.agent.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tocsin.bootstrap.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path dir;

  @Test
  void whatIsAppendedComesOutInOrder() throws Exception {
    // Given
    try (SpoolBox box = new SpoolBox(dir)) {
      List<String> texts = IntStream.range(0, 500).mapToObj(i -> "record " + i).toList();

      // When
      Thread source = Thread.ofPlatform().start(() -> texts.forEach(text -> keep(box, text)));
      List<SpoolEntry> entries = new ArrayList<>();
      await().atMost(SOON).until(() -> entries.addAll(box.drain()) && entries.size() >= 500);
      source.join();

      // Then
      assertThat(entries).extracting(SpoolBox::text).isEqualTo(texts);
      assertThat(entries).extracting(SpoolEntry::sequence).isSorted().doesNotHaveDuplicates();
      assertThat(SpoolBox.segments(dir)).as("many segments").hasSizeGreaterThan(5);
      assertThat(box.losses).isEmpty();
    }
  }

  @Test
  void aRestartGoesOnBehindWhatIsAcknowledged() throws Exception {
    // Given
    long fourth;
    try (SpoolBox box = new SpoolBox(dir)) {
      box.append("one");
      box.append("two");
      box.append("three");
      fourth = box.append("four");
      box.spool.acknowledge(2);
    }

    // When
    try (SpoolBox box = new SpoolBox(dir)) {
      // Then
      assertThat(box.drainTexts()).containsExactly("three", "four");
      assertThat(box.append("five")).isEqualTo(fourth + 1);
      assertThat(box.spool.acknowledged()).isEqualTo(2);
      assertThat(box.losses).isEmpty();
    }
  }

  @Test
  void theEpochOutlivesACleanCloseOnly() throws Exception {
    // Given
    Set<String> epochs = new HashSet<>();
    try (SpoolBox box = new SpoolBox(dir.resolve("a"))) {
      epochs.add(epochOf(box));
    }

    // When
    try (SpoolBox box = new SpoolBox(dir.resolve("a"))) {
      epochs.add(epochOf(box));
      box.crashInto(dir.resolve("b"));
    }
    String afterCrash;
    try (SpoolBox box = new SpoolBox(dir.resolve("b"))) {
      afterCrash = epochOf(box);
    }

    // Then
    assertThat(epochs).hasSize(1).doesNotContain(afterCrash);
  }

  @Test
  void aCrashForgetsNothingThatWasOnTheDisk() throws Exception {
    // Given
    try (SpoolBox box = new SpoolBox(dir.resolve("a"))) {
      box.append("one");
      box.append("two");
      box.keep("three");
      box.spool.acknowledge(1);
      box.crashInto(dir.resolve("b"));
    }

    // When
    try (SpoolBox box = new SpoolBox(dir.resolve("b"))) {
      // Then: the cursor was not saved yet, so the first one comes again
      assertThat(box.drainTexts()).containsExactly("one", "two", "three");
      assertThat(box.append("four")).isEqualTo(3);
    }
  }

  @Test
  void acknowledgedSegmentsAreDeleted() throws Exception {
    // Given
    try (SpoolBox box = new SpoolBox(dir)) {
      for (int i = 0; i < 400; i++) {
        box.keep("a record that takes some room " + i);
      }
      long full = box.spool.bytes();

      // When
      box.spool.acknowledge(400);

      // Then
      assertThat(SpoolBox.segments(dir)).hasSize(1);
      assertThat(box.spool.bytes()).isLessThan(full / 10);
      assertThat(box.spool.depth()).isZero();
    }
  }

  @Test
  void manyThreadsLoseNothingAndKeepTheirOrder() throws Exception {
    // Given
    try (SpoolBox box = new SpoolBox(dir)) {
      List<Thread> threads =
          IntStream.range(0, 4)
              .mapToObj(t -> Thread.ofPlatform().start(() -> appendMany(box, "t" + t)))
              .toList();

      // When
      List<String> texts = new ArrayList<>();
      await().atMost(SOON).until(() -> texts.addAll(box.drainTexts()) && texts.size() >= 4000);
      for (Thread thread : threads) {
        thread.join();
      }

      // Then
      for (int t = 0; t < 4; t++) {
        String name = "t" + t;
        assertThat(texts.stream().filter(text -> text.startsWith(name)))
            .containsExactlyElementsOf(
                IntStream.range(0, 1000).mapToObj(i -> name + " " + i).toList());
      }
      assertThat(box.losses).isEmpty();
    }
  }

  @Test
  void aSecondAgentIsTurnedAway() {
    // Given
    try (SpoolBox ignored = new SpoolBox(dir)) {
      // When, then
      assertThatThrownBy(() -> new SpoolBox(dir))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("another agent uses the spool in " + dir);
    }
  }

  @Test
  void aDiskThatRefusesIsTriedAgainUntilItTakesTheRecords() throws Exception {
    // Given: a spool whose folder is gone
    Path folder = dir.resolve("spool");
    Path away = dir.resolve("away");
    try (SpoolBox box = new SpoolBox(folder)) {
      Files.move(folder, away);

      // When
      long sequence = box.append("kept in memory");
      await().atMost(SOON).until(() -> !box.spool.isWriting());
      Files.move(away, folder);
      box.spool.awaitDurable(sequence);

      // Then
      assertThat(box.spool.isWriting()).isTrue();
      assertThat(box.drainTexts()).containsExactly("kept in memory");
      assertThat(box.metric("tocsin_agent_spool_write_errors_total")).isPositive();
    }
  }

  @Test
  void aRecordThatWaitedForTheDiskIsNotHeldUpByTheClose() throws Exception {
    // Given
    Path folder = dir.resolve("spool");
    SpoolBox box = new SpoolBox(folder);
    Files.move(folder, dir.resolve("away"));
    long sequence = box.append("never on the disk");
    await().atMost(SOON).until(() -> !box.spool.isWriting());

    // When
    box.close();

    // Then
    assertThatThrownBy(() -> box.spool.awaitDurable(sequence))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> box.append("late")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRecordLargerThanAnyIsRefusedAndTheNextOneTaken() throws Exception {
    // Given
    try (SpoolBox box = new SpoolBox(dir)) {
      // When
      assertThatThrownBy(
              () ->
                  box.spool.append(
                      Weight.LIGHT, false, (e, sequence) -> new byte[Frame.MAX_PAYLOAD + 1]))
          .isInstanceOf(IllegalArgumentException.class);
      box.keep("fine");

      // Then
      assertThat(box.drainTexts()).containsExactly("fine");
    }
  }

  @Test
  void aRecordLargerThanTheWholeSpoolPassesThrough() throws Exception {
    // Given
    try (SpoolBox box = new SpoolBox(dir, 4 * SpoolBox.SEGMENT)) {
      String large = "x".repeat(8 * SpoolBox.SEGMENT);

      // When: it can wait for room, but there will be none
      long sequence = box.spool.append(Weight.HEAVY, true, (e, s) -> large.getBytes(UTF_8));
      box.spool.awaitDurable(sequence);
      List<String> first = box.drainTexts();
      box.spool.acknowledge(sequence + 1);
      box.spool.awaitDurable(box.spool.append(Weight.HEAVY, true, (e, s) -> "n".getBytes(UTF_8)));

      // Then
      assertThat(first).containsExactly(large);
      assertThat(box.drainTexts()).containsExactly("n");
      assertThat(box.losses).isEmpty();
    }
  }

  private static String epochOf(SpoolBox box) throws InterruptedException {
    AtomicReference<String> epoch = new AtomicReference<>("");
    long sequence =
        box.spool.append(
            Weight.LIGHT,
            false,
            (name, ignored) -> {
              epoch.set(name);
              return new byte[0];
            });
    box.spool.awaitDurable(sequence);
    return epoch.get();
  }

  private static void keep(SpoolBox box, String text) {
    try {
      box.keep(text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void appendMany(SpoolBox box, String name) {
    try {
      for (int i = 0; i < 1000; i++) {
        box.append(name + " " + i);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
