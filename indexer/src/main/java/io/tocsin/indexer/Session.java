package io.tocsin.indexer;

import io.tocsin.indexer.document.DocumentFactory;
import io.tocsin.indexer.document.Prepared;
import io.tocsin.indexer.offset.Backlog;
import io.tocsin.indexer.offset.OffsetTracker;
import io.tocsin.indexer.offset.Ticket;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer's life: takes records in, hands them on in batches, commits what is settled. All but
 * {@link #stop} and {@link #assigned} is for the thread that runs it.
 *
 * <p>The consumer is polled all the time, for the group would otherwise think it dead; when more is
 * read than OpenSearch takes, its partitions are paused and the poll brings nothing.
 */
final class Session implements ConsumerRebalanceListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(100);
  private static final Duration BACKLOG_POLL = Duration.ofMillis(50);
  private static final Duration COMMIT_EVERY = Duration.ofMillis(500);
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(1);

  /** How long others wait for their new partitions so that this instance can finish with them. */
  private static final Duration HANDOVER = Duration.ofSeconds(5);

  private static final Duration FINISH = Duration.ofSeconds(4);

  private final Consumer<byte[], byte[]> consumer;
  private final DocumentFactory documents;
  private final Batches batches;
  private final FlightDeck deck;
  private final Weather weather;
  private final IndexerMetrics metrics;
  private final OffsetTracker offsets = new OffsetTracker();
  private volatile boolean stopping;
  private volatile boolean assigned;
  private long nextCommitNanos = System.nanoTime();

  Session(
      Consumer<byte[], byte[]> consumer,
      DocumentFactory documents,
      Batches batches,
      FlightDeck deck,
      Weather weather,
      IndexerMetrics metrics) {
    this.consumer = consumer;
    this.documents = documents;
    this.batches = batches;
    this.deck = deck;
    this.weather = weather;
    this.metrics = metrics;
  }

  /**
   * Works until it is stopped.
   *
   * @throws KafkaException when the consumer cannot go on
   * @throws IllegalStateException when a batch was lost, so that its records must be read again
   */
  void run(List<String> topics) {
    consumer.subscribe(topics, this);
    while (!stopping) {
      Throwable crash = deck.crash();
      if (crash != null) {
        throw new IllegalStateException("a batch was not settled", crash);
      }
      take(poll());
      batches.sealIfDue(System.nanoTime());
      launch();
      metrics.waiting(batches.bytes());
      commitIfDue();
    }
  }

  /** Ends {@link #run} soon. From any thread. */
  void stop() {
    stopping = true;
    consumer.wakeup();
  }

  /** Whether the group has given this instance its share, be it nothing. From any thread. */
  boolean assigned() {
    return assigned;
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    try {
      if (batches.waiting()) {
        // Again each time: a rebalance may have brought partitions that are not paused.
        consumer.pause(consumer.assignment());
        deck.awaitFreeSlot(BACKLOG_POLL);
        return consumer.poll(Duration.ZERO);
      }
      consumer.resume(consumer.paused());
      long linger = Math.max(0, batches.lingerLeft(System.nanoTime()));
      return consumer.poll(Duration.ofNanos(Math.min(linger, IDLE_POLL.toNanos())));
    } catch (WakeupException e) {
      return ConsumerRecords.empty(); // stop() has said why
    }
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    long now = System.nanoTime();
    for (TopicPartition partition : records.partitions()) {
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        Prepared prepared = documents.prepare(record);
        Ticket ticket = offsets.open(partition, record.offset(), record.timestamp(), now);
        batches.add(new Entry(prepared, ticket), now);
      }
    }
    records.nextOffsets().forEach((partition, next) -> offsets.readTo(partition, next.offset()));
  }

  private void launch() {
    while (batches.waiting() && deck.hasFreeSlot()) {
      Batch batch = batches.poll();
      if (batch != null) {
        deck.launch(batch);
      }
    }
  }

  private void commitIfDue() {
    long now = System.nanoTime();
    if (now < nextCommitNanos) {
      return;
    }
    nextCommitNanos = now + COMMIT_EVERY.toNanos();
    metrics.backlogs(backlogs());
    Map<TopicPartition, OffsetAndMetadata> due = offsets.committable();
    if (!due.isEmpty()) {
      consumer.commitAsync(due, this::committed);
    }
  }

  private void committed(Map<TopicPartition, OffsetAndMetadata> committed, Exception failure) {
    if (failure == null) {
      offsets.committed(committed);
    } else {
      LOG.atDebug().setCause(failure).log("a commit failed, the next one covers it");
    }
  }

  private Map<String, Backlog> backlogs() {
    Map<TopicPartition, Long> unread = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      unread.put(partition, consumer.currentLag(partition).orElse(0));
    }
    return offsets.backlogs(unread);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    assigned = true;
    LOG.atInfo().addKeyValue("partitions", partitions.size()).log("partitions assigned");
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    if (!stopping) {
      finish(partitions, HANDOVER);
    }
    commitNow(partitions);
    offsets.drop(partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    LOG.atWarn().addKeyValue("partitions", partitions.size()).log("partitions lost");
    offsets.drop(partitions);
  }

  /** Tries to settle what is open of these partitions; what is left is indexed again by others. */
  private void finish(Collection<TopicPartition> partitions, Duration most) {
    long end = System.nanoTime() + most.toNanos();
    batches.seal();
    launch();
    // A cluster that takes nothing now will hardly take all of it within seconds.
    while (offsets.outstanding(partitions) > 0
        && deck.crash() == null
        && weather.trouble() == null) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return;
      }
      if (batches.waiting()) {
        deck.awaitFreeSlot(Duration.ofNanos(left));
        launch();
      } else if (deck.awaitIdle(Duration.ofNanos(left))) {
        return;
      }
    }
  }

  private void commitNow(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>(offsets.committable());
    due.keySet().retainAll(partitions);
    if (due.isEmpty()) {
      return;
    }
    try {
      commitSync(due);
      offsets.committed(due);
    } catch (KafkaException e) {
      LOG.atInfo().setCause(e).log("the last commit failed, some records will be indexed again");
    }
  }

  private void commitSync(Map<TopicPartition, OffsetAndMetadata> due) {
    try {
      consumer.commitSync(due, COMMIT_TIMEOUT);
    } catch (WakeupException e) {
      // stop() woke a consumer that was not polling; that call is used up now.
      consumer.commitSync(due, COMMIT_TIMEOUT);
    }
  }

  /** Finishes what is under way, within bounds, commits what is settled and leaves the group. */
  @Override
  public void close() {
    stopping = true;
    metrics.waiting(0);
    metrics.backlogs(Map.of());
    try {
      finish(consumer.assignment(), FINISH);
      deck.abort();
      commitNow(consumer.assignment());
    } finally {
      consumer.close(CloseOptions.timeout(COMMIT_TIMEOUT));
    }
  }
}
