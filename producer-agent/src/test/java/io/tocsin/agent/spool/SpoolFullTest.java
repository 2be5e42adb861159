package io.tocsin.agent.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens at the bound. */
class SpoolFullTest {

  private static final long BOUND = 16 << 10;
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path dir;

  @Test
  void whatCanWaitWaitsUntilThereIsRoom() throws Exception {
    // Given
    try (SpoolBox box = new SpoolBox(dir, BOUND)) {
      AtomicLong taken = new AtomicLong();
      Thread source = Thread.ofPlatform().start(() -> appendWaiting(box, 1000, taken));
      await().atMost(SOON).until(() -> source.getState() == Thread.State.WAITING);
      await().atMost(SOON).until(() -> box.spool.bytes() > BOUND / 2);
      long before = taken.get();

      // When
      long seen = 0;
      while (seen < 1000) {
        List<SpoolEntry> entries = box.drain();
        seen += entries.size();
        if (!entries.isEmpty()) {
          box.spool.acknowledge(entries.getLast().sequence() + 1);
        }
        assertThat(box.spool.bytes()).isLessThan(BOUND + SpoolBox.SEGMENT);
      }
      source.join();

      // Then
      assertThat(before).isLessThan(1000);
      assertThat(taken).hasValue(1000);
      assertThat(box.losses).isEmpty();
    }
  }

  @Test
  void debugAndInfoGoFirstThenTelemetryThenTheOldest() throws Exception {
    // Given
    Weight[] weights = {Weight.LIGHT, Weight.MEASUREMENT, Weight.HEAVY};
    try (SpoolBox box = new SpoolBox(dir, BOUND)) {
      // When: a third of it fits
      for (int i = 0; i < 600; i++) {
        long sequence = box.append(weights[i % 3], weights[i % 3] + " record number " + i);
        if (i % 10 == 0) {
          box.spool.awaitDurable(sequence);
        }
      }
      box.keep("last");
      List<String> kept = box.drainTexts();

      // Then
      assertThat(box.spool.bytes()).isLessThanOrEqualTo(BOUND);
      long heavy = kept.stream().filter(text -> text.startsWith("HEAVY")).count();
      long light = kept.stream().filter(text -> text.startsWith("LIGHT")).count();
      assertThat(heavy).isGreaterThan(light + 50);
      assertThat(kept).contains("last", "HEAVY record number 599");
      long records = kept.stream().filter(text -> !text.startsWith("LOST")).count();
      assertThat(box.losses).allMatch(loss -> loss.reason().equals("full"));
      long declared = kept.size() - records;
      assertThat(box.losses.stream().mapToLong(Loss::records).sum())
          .as("every record is there or counted; declarations too may have to go")
          .isBetween(601 - records, 601 - records + box.losses.size() - declared);
      assertThat(box.metric("tocsin_agent_spool_dropped_records_total{reason=\"full\"}"))
          .isEqualTo(box.losses.stream().mapToDouble(Loss::records).sum());
    }
  }

  @Test
  void acknowledgedRecordsAreNoLoss() throws Exception {
    // Given
    try (SpoolBox box = new SpoolBox(dir, BOUND)) {
      // When: the reader keeps up
      for (int i = 0; i < 500; i++) {
        long sequence = box.append(Weight.LIGHT, "a record that is soon acknowledged " + i);
        box.spool.awaitDurable(sequence);
        box.spool.acknowledge(sequence + 1);
      }

      // Then
      assertThat(box.losses).isEmpty();
      assertThat(box.spool.bytes()).isLessThanOrEqualTo(2 * SpoolBox.SEGMENT);
    }
  }

  @Test
  void aReaderInTheMiddleGoesOnThroughWhatIsLeft() throws Exception {
    // Given
    try (SpoolBox box = new SpoolBox(dir, BOUND)) {
      box.keep("first");
      SpoolEntry first = box.spool.reader().next(SOON);

      // When
      for (int i = 0; i < 2000; i++) {
        long sequence = box.append(i % 2 == 0 ? Weight.LIGHT : Weight.HEAVY, "number " + i);
        if (i % 20 == 0) {
          box.spool.awaitDurable(sequence);
        }
      }
      box.keep("last");
      List<String> rest = box.drainTexts();

      // Then
      assertThat(first).extracting(SpoolBox::text).isEqualTo("first");
      assertThat(rest).contains("number 1999", "last");
      assertThat(box.losses).extracting(Loss::reason).containsOnly("full");
    }
  }

  private static void appendWaiting(SpoolBox box, int count, AtomicLong taken) {
    try {
      for (int i = 0; i < count; i++) {
        String text = "a record that can wait for room, number " + i;
        box.spool.append(Weight.LIGHT, true, (epoch, sequence) -> text.getBytes(UTF_8));
        taken.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
