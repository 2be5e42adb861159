package io.tocsin.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/**
 * Lives of a spool that end by a kill or a power cut: what was on the disk comes again, in order,
 * and what was acknowledged comes back only as far as the cursor was not saved. {@code
 * -Dtocsin.fuzz.rounds=N} makes each life sequence N times as long.
 */
class SpoolCrashPropertyTest {

  private static final int ROUNDS = Integer.getInteger("tocsin.fuzz.rounds", 1);

  @Property(tries = 20, seed = "4711", shrinking = ShrinkingMode.OFF)
  void everyLifeGoesOnWhereTheLastOneWasKilled(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    Path base = Files.createTempDirectory("spool-crash");
    try {
      List<String> kept = new ArrayList<>();
      int acknowledged = 0;
      Path folder = base.resolve("0");
      for (int life = 1; life <= 4 * ROUNDS; life++) {
        Path next = base.resolve(Integer.toString(life));
        try (SpoolBox box = new SpoolBox(folder)) {
          // When
          List<SpoolEntry> found = box.drain();

          // Then: all that is not acknowledged, and nothing that is not known
          int first = kept.size() - found.size();
          assertThat(first).as("none is lost").isBetween(0, acknowledged);
          assertThat(found).extracting(SpoolBox::text).isEqualTo(kept.subList(first, kept.size()));
          assertThat(box.losses).isEmpty();

          // Given: the next life
          append(box, kept, random);
          found.addAll(box.drain());
          if (!found.isEmpty() && random.nextBoolean()) {
            int upTo = random.nextInt(found.size());
            box.spool.acknowledge(found.get(upTo).sequence() + 1);
            acknowledged = Math.max(acknowledged, kept.size() - found.size() + upTo + 1);
          }
          if (random.nextInt(4) > 0) {
            box.crashInto(next);
          }
        }
        if (Files.notExists(next)) {
          SpoolBox.copy(folder, next); // this life ended with a clean close
        }
        folder = next;
      }
    } finally {
      delete(base);
    }
  }

  /** A power cut leaves any part of what was not forced: here of the newest segment. */
  @Property(tries = 20, seed = "4712", shrinking = ShrinkingMode.OFF)
  void aCutNewestSegmentGivesAPrefix(@ForAll long seed, @ForAll @IntRange(max = 1 << 20) int cut)
      throws Exception {
    Random random = new Random(seed);
    Path base = Files.createTempDirectory("spool-cut");
    try {
      // Given
      List<String> kept = new ArrayList<>();
      Path crashed = base.resolve("crashed");
      try (SpoolBox box = new SpoolBox(base.resolve("whole"))) {
        append(box, kept, random);
        append(box, kept, random);
        box.crashInto(crashed);
      }
      Path newest = SpoolBox.segments(crashed).getLast();
      SpoolDamageTest.truncate(newest, cut % (Files.size(newest) + 1));

      // When
      try (SpoolBox box = new SpoolBox(crashed)) {
        List<String> found = texts(box.drain());
        box.keep("after");
        List<String> more = texts(box.drain());

        // Then
        assertThat(found).isEqualTo(kept.subList(0, found.size()));
        assertThat(more).containsExactly("after");
      }
    } finally {
      delete(base);
    }
  }

  /** Bits that flip anywhere, several at once: what is not hit is read, what is hit is declared. */
  @Property(tries = 20, seed = "4713", shrinking = ShrinkingMode.OFF)
  void flippedBitsCostNoSoundRecord(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int hits)
      throws Exception {
    Random random = new Random(seed);
    Path folder = Files.createTempDirectory("spool-bits");
    try {
      // Given
      List<String> kept = new ArrayList<>();
      try (SpoolBox box = new SpoolBox(folder)) {
        append(box, kept, random);
        append(box, kept, random);
      }
      List<Path> segments = SpoolBox.segments(folder);
      for (int i = 0; i < hits; i++) {
        Path segment = segments.get(random.nextInt(segments.size()));
        SpoolDamageTest.flip(segment, random.nextLong(Files.size(segment)), 1 << random.nextInt(8));
      }

      // When
      try (SpoolBox box = new SpoolBox(folder)) {
        List<String> found = texts(box.drain());
        box.keep("after");
        found.addAll(texts(box.drain()));

        // Then
        assertThat(found).endsWith("after").hasSizeGreaterThanOrEqualTo(kept.size() + 1 - hits);
        assertThat(kept).containsSubsequence(found.subList(0, found.size() - 1));
        long declared = box.losses.stream().mapToLong(loss -> Math.max(0, loss.records())).sum();
        assertThat(declared).isEqualTo(kept.size() + 1 - found.size());
      }
    } finally {
      delete(folder);
    }
  }

  private static void append(SpoolBox box, List<String> kept, Random random) throws Exception {
    int count = 1 + random.nextInt(60);
    long last = 0;
    for (int i = 0; i < count; i++) {
      String text = "record " + kept.size() + " " + "x".repeat(random.nextInt(100));
      Weight weight = Weight.of(random.nextInt(3));
      last = box.append(weight, text);
      kept.add(text);
      if (random.nextInt(8) == 0) {
        box.spool.awaitDurable(last);
      }
    }
    box.spool.awaitDurable(last);
  }

  private static List<String> texts(List<SpoolEntry> entries) {
    List<String> texts = new ArrayList<>();
    for (SpoolEntry entry : entries) {
      String text = SpoolBox.text(entry);
      if (!text.startsWith("LOST")) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
