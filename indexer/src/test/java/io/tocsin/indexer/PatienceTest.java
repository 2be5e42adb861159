package io.tocsin.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.indexer.bulk.Outcome;
import io.tocsin.indexer.document.DocumentFactory;
import io.tocsin.indexer.document.Prepared;
import io.tocsin.indexer.document.SaneWindow;
import io.tocsin.indexer.offset.OffsetTracker;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private static final Outcome.Retriable CLOSED = new Outcome.Retriable("index_closed", "", true);
  private static final Outcome.Retriable BROKEN = new Outcome.Retriable("server_error", "", true);
  private static final Outcome.Retriable BUSY = new Outcome.Retriable("overloaded", "", false);

  /** Near its end, for nanoTime() may be anywhere. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

  private final ClosedIndices closed = new ClosedIndices();
  private final OffsetTracker offsets = new OffsetTracker();
  private long offset;

  private Patience patience() {
    return new Patience(Duration.ofMinutes(15), nanos::get, closed);
  }

  private Entry entry(int day) {
    String json =
        "{\"ts\":\"%s\",\"id\":\"a\"}".formatted(Instant.EPOCH.plus(Duration.ofDays(day)));
    SaneWindow window =
        new SaneWindow(Instant.EPOCH, Duration.ofDays(9_999), InstantSource.system());
    Prepared prepared =
        new DocumentFactory(window, 1_000)
            .prepare(
                new ConsumerRecord<>(
                    Topics.LOGS, 0, offset, null, json.getBytes(StandardCharsets.UTF_8)));
    return new Entry(prepared, offsets.open(new TopicPartition(Topics.LOGS, 0), offset++, 0, 0));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void aSuspectDocumentIsGivenUpWhenItsTimeIsOverAndNoOther() {
    // Given
    Patience patience = patience();
    Entry suspect = entry(1);
    Entry other = entry(1);
    assertThat(patience.isOver(suspect, BROKEN)).isFalse();
    // When
    pass(Duration.ofMinutes(16));
    // Then
    assertThat(patience.isOver(suspect, BROKEN)).isTrue();
    assertThat(patience.isOver(other, BROKEN)).isFalse();
  }

  @Test
  void aClusterThatIsBusyIsWaitedForForEver() {
    Patience patience = patience();
    Entry entry = entry(1);
    assertThat(patience.isOver(entry, BUSY)).isFalse();
    pass(Duration.ofDays(400));
    assertThat(patience.isOver(entry, BUSY)).isFalse();
  }

  @Test
  void theNextBatchForAClosedIndexNeedNotWaitAgainUntilItIsOpened() {
    // Given
    assertThat(patience().isOver(entry(1), CLOSED)).isFalse();
    pass(Duration.ofMinutes(16));
    // When, then
    assertThat(patience().isOver(entry(1), CLOSED)).isTrue();
    assertThat(patience().isOver(entry(2), CLOSED)).isFalse();
    patience().accepted((Prepared.Document) entry(1).prepared());
    assertThat(patience().isOver(entry(1), CLOSED)).isFalse();
  }

  @Test
  void whatIsRememberedIsBoundedAndStillEndsForEveryDocument() {
    // Given
    Patience patience = patience();
    Entry first = entry(1);
    patience.isOver(first, CLOSED);
    for (int day = 2; day < 2 * ClosedIndices.MOST; day++) {
      patience.isOver(entry(day), CLOSED);
    }
    // When
    pass(Duration.ofMinutes(16));
    // Then
    assertThat(closed.size()).isEqualTo(ClosedIndices.MOST);
    assertThat(patience.isOver(first, CLOSED)).isTrue();
  }
}
