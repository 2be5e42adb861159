package io.tocsin.notifier.pipeline;

import io.tocsin.notifier.pipeline.Intake.Taken;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What one lane does with the records it reads, without the reading: intake, backlog, follow-ups,
 * holds, attempts, and the offsets that are safe to commit. Not thread-safe.
 */
final class Dispatcher {

  private final Intake intake;
  private final OpenEpisodes episodes;
  private final Backlog backlog;
  private final FollowUps followUps;
  private final HoldStage holding;
  private final Attempts attempts;
  private final Clock clock;
  private final SettledOffsets offsets = new SettledOffsets();

  Dispatcher(
      Intake intake,
      OpenEpisodes episodes,
      Backlog backlog,
      FollowUps followUps,
      HoldStage holding,
      Attempts attempts,
      Clock clock) {
    this.intake = intake;
    this.episodes = episodes;
    this.backlog = backlog;
    this.followUps = followUps;
    this.holding = holding;
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

  /**
   * Makes one attempt, if one is due and not held back; blocks as long as the receiver takes.
   *
   * @param caughtUp whether all that stands on the topic was accepted
   */
  void attempt(boolean caughtUp) throws InterruptedException {
    settle(followUps.pass(clock.instant(), caughtUp));
    settle(holding.pass(clock.instant(), caughtUp));
    settle(attempts.attempt());
  }

  private void settle(List<Pending> all) {
    for (Pending settled : all) {
      for (ConsumerRecord<byte[], byte[]> record : settled.records()) {
        offsets.settled(new TopicPartition(record.topic(), record.partition()), record.offset());
      }
    }
  }

  /** When the next attempt can be made; {@link Instant#MAX} when nothing waits. */
  Instant nextAt() {
    return Stream.of(attempts.nextAt(), holding.nextAt(), followUps.nextAt())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** How many episodes wait and are not held back; from any thread. */
  int waiting() {
    return backlog.size();
  }

  /** How many episodes are held back; from any thread. */
  int held() {
    return backlog.held();
  }

  /** How many episodes are held back for this; from any thread. */
  int held(Hold why) {
    return backlog.held(why);
  }

  /** The offsets that moved since this was asked last. */
  Map<TopicPartition, OffsetAndMetadata> takeCommittable() {
    return offsets.take();
  }

  /** The offsets of all partitions that were read from. */
  Map<TopicPartition, OffsetAndMetadata> committable() {
    return offsets.all();
  }

  /** These partitions are this lane's now; the delivery log has been read to its end. */
  void begin(Collection<TopicPartition> assigned) {
    episodes.begin(numbers(assigned));
  }

  private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
  }

  /** These partitions are somebody else's now. */
  void forget(Collection<TopicPartition> gone) {
    backlog.forget(gone);
    episodes.forget(numbers(gone));
    offsets.forget(gone);
  }
}
