package io.tocsin.notifier.pipeline;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Which records are done with, whatever their order, and so up to where offsets may be committed.
 * Not thread-safe.
 */
final class SettledOffsets {

  private static final class Progress {
    final TreeSet<Long> open = new TreeSet<>();
    long next;
    long committed = -1;

    long safe() {
      return open.isEmpty() ? next : open.first();
    }
  }

  private final Map<TopicPartition, Progress> partitions = new HashMap<>();

  /** A record was read; offsets of a partition come in ascending order. */
  void read(TopicPartition partition, long offset) {
    Progress progress = partitions.computeIfAbsent(partition, key -> new Progress());
    progress.open.add(offset);
    progress.next = offset + 1;
  }

  /** A record needs nothing more. */
  void settled(TopicPartition partition, long offset) {
    Progress progress = partitions.get(partition);
    if (progress != null) {
      progress.open.remove(offset);
    }
  }

  /** What has moved since it was asked last; empty when nothing has. */
  Map<TopicPartition, OffsetAndMetadata> take() {
    Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
    partitions.forEach(
        (partition, progress) -> {
          long safe = progress.safe();
          if (safe != progress.committed) {
            progress.committed = safe;
            moved.put(partition, new OffsetAndMetadata(safe));
          }
        });
    return moved;
  }

  /** Up to where offsets may be committed, whether that has moved or not. */
  Map<TopicPartition, OffsetAndMetadata> all() {
    Map<TopicPartition, OffsetAndMetadata> safe = new HashMap<>();
    partitions.forEach(
        (partition, progress) -> safe.put(partition, new OffsetAndMetadata(progress.safe())));
    return safe;
  }

  /** These partitions are somebody else's now. */
  void forget(Collection<TopicPartition> gone) {
    gone.forEach(partitions::remove);
  }
}
