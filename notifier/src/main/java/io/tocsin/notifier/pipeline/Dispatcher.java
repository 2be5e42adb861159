package io.tocsin.notifier.pipeline;

import io.tocsin.notifier.pipeline.Intake.Taken;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What one lane does with the records it reads, without the reading: intake, backlog, attempts, and
 * the offsets that are safe to commit. Not thread-safe.
 */
final class Dispatcher {

  private final Intake intake;
  private final Backlog backlog;
  private final Attempts attempts;
  private final Clock clock;
  private final SettledOffsets offsets = new SettledOffsets();

  Dispatcher(Intake intake, Backlog backlog, Attempts attempts, Clock clock) {
    this.intake = intake;
    this.backlog = backlog;
    this.attempts = attempts;
    this.clock = clock;
  }

  /** Takes a record in; blocks only when it goes to the dead letters. */
  void accept(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    offsets.read(partition, record.offset());
    if (intake.take(record, clock.instant()) == Taken.SETTLED) {
      offsets.settled(partition, record.offset());
    }
  }

  /** Makes one attempt, if one is due; blocks as long as the receiver takes. */
  void attempt() throws InterruptedException {
    for (Pending settled : attempts.attempt()) {
      for (ConsumerRecord<byte[], byte[]> record : settled.records()) {
        offsets.settled(new TopicPartition(record.topic(), record.partition()), record.offset());
      }
    }
  }

  /** When the next attempt can be made; {@link Instant#MAX} when nothing waits. */
  Instant nextAt() {
    return attempts.nextAt();
  }

  /** How many episodes wait; from any thread. */
  int waiting() {
    return backlog.size();
  }

  /** The offsets that moved since this was asked last. */
  Map<TopicPartition, OffsetAndMetadata> takeCommittable() {
    return offsets.take();
  }

  /** The offsets of all partitions that were read from. */
  Map<TopicPartition, OffsetAndMetadata> committable() {
    return offsets.all();
  }

  /** These partitions are somebody else's now. */
  void forget(Collection<TopicPartition> gone) {
    backlog.forget(gone);
    offsets.forget(gone);
  }
}
