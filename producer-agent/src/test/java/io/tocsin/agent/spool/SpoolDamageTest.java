package io.tocsin.agent.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a power cut, a full disk or a bad sector left behind. */
class SpoolDamageTest {

  private static final List<String> RECORDS = List.of("one", "two", "three", "four", "five");

  @TempDir Path dir;
  private Path sound;

  @BeforeEach
  void writeFiveRecords() throws Exception {
    sound = dir.resolve("sound");
    try (SpoolBox box = new SpoolBox(sound)) {
      for (String text : RECORDS) {
        box.keep(text);
      }
    }
  }

  @Test
  void aTailTornAtAnyByteIsCutOff() throws Exception {
    // Given
    long whole = Files.size(onlySegment(sound));
    int last = Frame.HEADER + "five".length();
    for (int missing = 1; missing <= last; missing++) {
      Path copy = SpoolBox.copy(sound, dir.resolve("torn-" + missing));
      truncate(onlySegment(copy), whole - missing);

      // When
      try (SpoolBox box = new SpoolBox(copy)) {
        List<String> found = withoutLosses(box.drainTexts());
        box.keep("six");
        List<String> more = withoutLosses(box.drainTexts());

        // Then
        assertThat(found).as("%d bytes missing", missing).isEqualTo(RECORDS.subList(0, 4));
        assertThat(more).containsExactly("six");
        assertThat(box.losses)
            .as("%d bytes missing", missing)
            .extracting(Loss::reason)
            .isSubsetOf("torn_tail", "missing");
        assertThat(box.losses).as("%d bytes missing", missing).isNotEmpty();
      }
    }
  }

  @Test
  void whatAFailedWriteLeftDoesNotStandForTheRecordsAfterIt() throws Exception {
    assertThat(afterAFailedWrite(sound))
        .containsExactly("one", "two", "three", "four", "five", "six", "seven");
  }

  @Test
  void norWhenWhatStandsBeforeItIsDamaged() throws Exception {
    flip(onlySegment(sound), Files.size(onlySegment(sound)) - 1, 1);
    assertThat(afterAFailedWrite(sound))
        .containsExactly("one", "two", "three", "four", "six", "seven");
  }

  /** What comes out where the disk was full within a group, before the file it was to go to. */
  private static List<String> afterAFailedWrite(Path folder) throws Exception {
    ByteBuffer left = ByteBuffer.allocate(100);
    Frame.write(left, 5, Weight.HEAVY, "left".getBytes(UTF_8));
    Frame.write(left, 6, Weight.HEAVY, "torn".getBytes(UTF_8));
    byte[] part = Arrays.copyOf(left.array(), left.position() - 2);
    Files.write(onlySegment(folder), part, StandardOpenOption.APPEND);
    Files.createFile(Segment.pathOf(folder, 5));
    try (SpoolBox box = new SpoolBox(folder)) {
      assertThat(box.keep("six")).isEqualTo(5);
      box.keep("seven");
      return withoutLosses(box.drainTexts());
    }
  }

  @Test
  void aDiskThatTakesNoNewEpochLetsItOpenAndNoIdComesTwice() throws Exception {
    // Given a life that cannot be trusted any more, and an epoch that cannot be replaced
    String first = epoch(sound);
    truncate(SpoolBox.segments(sound).getLast(), Segment.START + 1);
    Path inTheWay = Files.createDirectories(sound.resolve("epoch.tmp/x"));

    // When
    List<String> then = List.of(epoch(sound), epoch(sound));

    // Then each life has an epoch of its own, until one can be saved
    assertThat(then).doesNotContain(first).doesNotHaveDuplicates();
    Files.delete(inTheWay);
    Files.delete(inTheWay.getParent());
    String saved = epoch(sound);
    assertThat(then).doesNotContain(saved);
    assertThat(epoch(sound)).isEqualTo(saved);
  }

  /** The epoch of a life that keeps one record and is closed well. */
  private static String epoch(Path folder) throws InterruptedException {
    List<String> epochs = new ArrayList<>();
    try (SpoolBox box = new SpoolBox(folder)) {
      long sequence =
          box.spool.append(
              Weight.HEAVY,
              false,
              (epoch, number) -> {
                epochs.add(epoch);
                return new byte[] {'x'};
              });
      box.spool.awaitDurable(sequence);
    }
    return epochs.getFirst();
  }

  @Test
  void aSegmentCutToAnyLengthGivesAPrefix() throws Exception {
    // Given
    long whole = Files.size(onlySegment(sound));
    for (long length = 0; length < whole; length += 2) {
      Path copy = SpoolBox.copy(sound, dir.resolve("cut-" + length));
      truncate(onlySegment(copy), length);

      // When
      try (SpoolBox box = new SpoolBox(copy)) {
        List<String> found = withoutLosses(box.drainTexts());
        long next = box.keep("six");

        // Then
        assertThat(RECORDS.subList(0, found.size())).as("cut to %d", length).isEqualTo(found);
        assertThat(next).as("no sequence is given twice").isGreaterThanOrEqualTo(5);
        assertThat(withoutLosses(box.drainTexts())).as("cut to %d", length).containsExactly("six");
      }
    }
  }

  @Test
  void aRecordThatWasTornAloneInItsSegmentDoesNotHideTheNextOnes() throws Exception {
    // Given: the process died while the very first record of a segment was written
    Path folder = dir.resolve("fresh");
    Files.createDirectories(folder);
    Files.write(Segment.pathOf(folder, 0), "TOCSPL01\0\0\0\5torn".getBytes(UTF_8));
    List<String> found = new ArrayList<>();

    // When: it is looked at before anything else is written
    try (SpoolBox box = new SpoolBox(folder)) {
      found.addAll(box.drainTexts());
      box.keep("next");
      found.addAll(box.drainTexts());
      box.keep("and another");
      found.addAll(box.drainTexts());

      // Then
      assertThat(found).containsExactly("LOST torn_tail", "next", "and another");
      assertThat(box.losses).extracting(Loss::reason).containsExactly("torn_tail");
    }
  }

  @Test
  void aFlippedBitCostsItsRecordOnly() throws Exception {
    // Given
    Path segment = onlySegment(sound);
    int bytes = (int) Files.size(segment);
    int lastAt = bytes - Frame.HEADER - "five".length();
    for (int at = 0; at < lastAt; at += 3) {
      Path copy = SpoolBox.copy(sound, dir.resolve("bit-" + at));
      flip(onlySegment(copy), at, 1 << (at % 8));

      // When
      try (SpoolBox box = new SpoolBox(copy)) {
        List<String> found = withoutLosses(box.drainTexts());

        // Then
        List<String> expected = new ArrayList<>(RECORDS);
        int hit = recordAt(at);
        if (hit >= 0) {
          expected.remove(hit);
          assertThat(box.losses)
              .as("bit at %d", at)
              .singleElement()
              .satisfies(
                  loss -> {
                    assertThat(loss.reason()).isEqualTo("corrupt");
                    assertThat(loss.from()).isEqualTo(hit);
                    assertThat(loss.records()).isEqualTo(1);
                  });
          assertThat(copy.resolve(segment.getFileName() + ".corrupt")).exists();
          assertThat(box.metric("tocsin_agent_spool_dropped_records_total{reason=\"corrupt\"}"))
              .isEqualTo(1);
        }
        assertThat(found).as("bit at %d", at).isEqualTo(expected);
      }
    }
  }

  @Test
  void aBentCursorOnlyCostsSendingAgain() throws Exception {
    // Given
    try (SpoolBox box = new SpoolBox(sound)) {
      box.spool.acknowledge(3);
    }
    flip(sound.resolve("cursor"), 7, 1);

    // When
    try (SpoolBox box = new SpoolBox(sound)) {
      // Then
      assertThat(box.drainTexts()).isEqualTo(RECORDS);
      assertThat(box.keep("six")).isEqualTo(5);
    }
  }

  @Test
  void aSegmentThatVanishedIsDeclaredAndTheOthersRead() throws Exception {
    // Given
    Path folder = dir.resolve("long");
    try (SpoolBox box = new SpoolBox(folder)) {
      for (int i = 0; i < 200; i++) {
        box.keep("a record of some length, number " + i);
      }
    }
    List<Path> segments = SpoolBox.segments(folder);
    Files.delete(segments.get(2));

    // When
    try (SpoolBox box = new SpoolBox(folder)) {
      List<String> found = withoutLosses(box.drainTexts());

      // Then
      Loss loss = box.losses.getFirst();
      assertThat(loss.reason()).isEqualTo("missing");
      assertThat(found).hasSize(200 - (int) loss.records()).doesNotHaveDuplicates();
      assertThat(found).contains("a record of some length, number 199");
    }
  }

  @Test
  void waitingBehindACutEndCostsNoProcessorTime() throws Exception {
    // Given: a clean close that promises five records, and a file that holds four of them
    truncate(onlySegment(sound), Files.size(onlySegment(sound)) - Frame.HEADER - "five".length());
    try (SpoolBox box = new SpoolBox(sound)) {
      box.drain();

      // When
      long began = System.nanoTime();
      SpoolEntry none = box.spool.reader().next(Duration.ofMillis(200));

      // Then
      assertThat(none).isNull();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(150));
    }
  }

  private static List<String> withoutLosses(List<String> texts) {
    return texts.stream().filter(text -> !text.startsWith("LOST")).toList();
  }

  /** Which record holds this byte of the segment; -1 for the file's own head. */
  private static int recordAt(int at) {
    int end = Segment.START;
    for (int i = 0; i < RECORDS.size(); i++) {
      int start = end;
      end += Frame.HEADER + RECORDS.get(i).length();
      if (at >= start && at < end) {
        return i;
      }
    }
    return -1;
  }

  private static Path onlySegment(Path folder) {
    List<Path> segments = SpoolBox.segments(folder);
    assertThat(segments).hasSize(1);
    return segments.getFirst();
  }

  static void truncate(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  static void flip(Path file, long at, int bits) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) (bytes[(int) at] ^ bits)}), at);
    }
  }
}
