package io.tocsin.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.topology.AlertingTopology;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InputProgressTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final AlertingTopology.Inputs TOPICS =
      new AlertingTopology.Inputs("logs", "telemetry", "rekeyed");
  private static final TopicPartition LOGS = new TopicPartition("logs", 0);
  private static final TopicPartition REKEYED = new TopicPartition("rekeyed", 0);

  private final Positions positions = new Positions();
  private final InputProgress progress =
      new InputProgress(() -> positions, TOPICS, Clock.fixed(NOW, ZoneOffset.UTC));

  @AfterEach
  void close() {
    progress.close();
  }

  @Test
  void nothingIsProvenUntilSomebodyAsks() {
    // When
    progress.start();

    // Then
    assertThat(progress.readUpTo()).isEqualTo(Instant.EPOCH);
    assertThat(positions.asked).hasValue(0);
  }

  @Test
  void whatIsCommittedUpToItsEndIsRead() {
    // Given
    positions.ends.putAll(Map.of(LOGS, 7L, REKEYED, 0L));
    positions.committed.put(LOGS, 7L);

    // When
    progress.start();
    progress.demand(NOW.minusSeconds(1));

    // Then
    awaitProof();
  }

  @Test
  void unreadRecordsHoldTheClockBackUntilTheyAreCommitted() {
    // Given
    positions.ends.putAll(Map.of(LOGS, 7L, REKEYED, 0L));
    positions.committed.put(LOGS, 6L);
    positions.records.put(LOGS, true);
    progress.start();
    progress.demand(NOW);
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> positions.asked.get() > 3);
    Instant held = progress.readUpTo();

    // When
    positions.committed.put(LOGS, 7L);

    // Then
    assertThat(held).isEqualTo(Instant.EPOCH);
    awaitProof();
  }

  @Test
  void whatWasSentOnMustBeReadToo() {
    // Given
    positions.ends.putAll(Map.of(LOGS, 7L, REKEYED, 3L));
    positions.committed.putAll(Map.of(LOGS, 7L, REKEYED, 1L));
    positions.records.put(REKEYED, true);
    progress.start();
    progress.demand(NOW);
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> positions.asked.get() > 3);
    Instant held = progress.readUpTo();

    // When
    positions.committed.put(REKEYED, 3L);

    // Then
    assertThat(held).isEqualTo(Instant.EPOCH);
    awaitProof();
  }

  @Test
  void aTransactionsEndBehindTheLastRecordIsNothingUnread() {
    // Given
    positions.ends.putAll(Map.of(LOGS, 8L, REKEYED, 0L));
    positions.committed.put(LOGS, 7L);
    positions.records.put(LOGS, false);

    // When
    progress.start();
    progress.demand(NOW);

    // Then
    awaitProof();
  }

  @Test
  void aBacklogThatIsBeingWorkedOffIsNotLookedAt() {
    // Given
    positions.ends.putAll(Map.of(LOGS, 1000L, REKEYED, 0L));
    positions.committed.put(LOGS, 1L);
    positions.records.put(LOGS, true);
    positions.step = 1;
    progress.start();
    progress.demand(NOW);
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> positions.asked.get() > 11);
    int looks = positions.looks.get();

    // When
    positions.step = 0;

    // Then
    assertThat(looks).isZero();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> positions.looks.get() > 0);
  }

  @Test
  void anOutageIsSatOut() {
    // Given
    positions.ends.putAll(Map.of(LOGS, 7L, REKEYED, 0L));
    positions.committed.put(LOGS, 7L);
    positions.failures = 1;

    // When
    progress.start();
    progress.demand(NOW);

    // Then
    awaitProof();
  }

  private void awaitProof() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(progress.readUpTo()).isEqualTo(NOW));
  }

  private static final class Positions implements Offsets {
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> committed = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Boolean> records = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile int failures;
    private volatile long step;

    @Override
    public Map<TopicPartition, Long> ends(Collection<String> topics) {
      if (failures > 0) {
        failures = 0;
        throw new KafkaException("away");
      }
      Map<TopicPartition, Long> found = new HashMap<>(ends);
      found.keySet().removeIf(each -> !topics.contains(each.topic()));
      return found;
    }

    @Override
    public Map<TopicPartition, Long> committed() {
      asked.incrementAndGet();
      committed.replaceAll((partition, offset) -> offset + step);
      return Map.copyOf(committed);
    }

    @Override
    public boolean holdsRecord(TopicPartition partition, long from, long end) {
      looks.incrementAndGet();
      return records.getOrDefault(partition, false);
    }

    @Override
    public void close() {}
  }
}
