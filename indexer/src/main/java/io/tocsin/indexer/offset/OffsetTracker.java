package io.tocsin.indexer.offset;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Which offsets may be committed: for each partition, those before the first record that is not
 * settled. Records are settled in any order and from any thread; the rest is for the consumer's
 * thread.
 */
public final class OffsetTracker {

  private final Map<TopicPartition, PartitionProgress> partitions = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> committed = new HashMap<>();

  /** What was asked for last: records come partition by partition. */
  private @Nullable TopicPartition last;

  private PartitionProgress lastProgress = new PartitionProgress();

  /**
   * Takes in a record; the offsets of a partition come in growing order.
   *
   * @param appendedMillis when it came to its topic, since 1970
   * @param takenNanos now, by {@link System#nanoTime}
   */
  public Ticket open(TopicPartition partition, long offset, long appendedMillis, long takenNanos) {
    return progress(partition).open(offset, appendedMillis, takenNanos);
  }

  /**
   * What is not settled, by topic.
   *
   * @param unread of each partition of this instance, how many records are not read yet
   */
  public Map<String, Backlog> backlogs(Map<TopicPartition, Long> unread) {
    Map<String, Backlog> topics = new HashMap<>();
    unread.forEach(
        (partition, count) ->
            topics.merge(partition.topic(), progress(partition).backlog(count), Backlog::with));
    return topics;
  }

  /** The consumer has read up to {@code position}, exclusive: what lies between is no record. */
  public void readTo(TopicPartition partition, long position) {
    progress(partition).readTo(position);
  }

  private PartitionProgress progress(TopicPartition partition) {
    if (!partition.equals(last)) {
      lastProgress = partitions.computeIfAbsent(partition, p -> new PartitionProgress());
      last = partition;
    }
    return lastProgress;
  }

  /** What has been settled since it was last {@linkplain #committed committed}. */
  public Map<TopicPartition, OffsetAndMetadata> committable() {
    Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();
    partitions.forEach(
        (partition, progress) ->
            progress
                .settledTo()
                .ifPresent(
                    offset -> {
                      if (committed.getOrDefault(partition, -1L) != offset) {
                        due.put(partition, new OffsetAndMetadata(offset));
                      }
                    }));
    return due;
  }

  /** The broker has these now. */
  public void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (partition, offset) -> {
          if (partitions.containsKey(partition)) {
            committed.put(partition, offset.offset());
          }
        });
  }

  /** Another owner has these partitions now; tickets still open for them lose their meaning. */
  public void drop(Collection<TopicPartition> lost) {
    last = null;
    lost.forEach(
        partition -> {
          partitions.remove(partition);
          committed.remove(partition);
        });
  }

  /** How many records are taken in and not settled. From any thread. */
  public long outstanding() {
    return outstanding(partitions.keySet());
  }

  /** The same, of some partitions. */
  public long outstanding(Collection<TopicPartition> some) {
    long sum = 0;
    for (TopicPartition partition : some) {
      PartitionProgress progress = partitions.get(partition);
      sum += progress == null ? 0 : progress.outstanding();
    }
    return sum;
  }
}
