package io.tocsin.notifier.pipeline;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one receiver, at most one {@link Pending} an episode, in the order it is due. Not
 * thread-safe.
 */
final class Backlog {

  private final Map<String, Pending> byEpisode = new HashMap<>();
  private final TreeSet<Pending> inOrder =
      new TreeSet<>(
          Comparator.<Pending, Instant>comparing(Pending::dueAt)
              .thenComparingLong(Pending::sequence));
  private volatile int size;

  @Nullable Pending find(String episode) {
    return byEpisode.get(episode);
  }

  void add(Pending pending) {
    byEpisode.put(pending.alert().episode(), pending);
    inOrder.add(pending);
    size = byEpisode.size();
  }

  void remove(Pending pending) {
    byEpisode.remove(pending.alert().episode());
    inOrder.remove(pending);
    size = byEpisode.size();
  }

  /** Changes what may move it in the order of due times. */
  void change(Pending pending, Runnable change) {
    inOrder.remove(pending);
    change.run();
    inOrder.add(pending);
  }

  /** The first one due, whenever that is. */
  Optional<Pending> first() {
    return inOrder.isEmpty() ? Optional.empty() : Optional.of(inOrder.getFirst());
  }

  /** All that are due by then. */
  List<Pending> due(Instant now) {
    return inOrder.stream().takeWhile(pending -> !pending.dueAt().isAfter(now)).toList();
  }

  /** When the first one is due. */
  Instant firstDueAt() {
    return first().map(Pending::dueAt).orElse(Instant.MAX);
  }

  /** How many episodes wait; from any thread. */
  int size() {
    return size;
  }

  /** Drops what came from these partitions: whoever has them now reads it again. */
  void forget(Collection<TopicPartition> gone) {
    for (Pending pending : List.copyOf(inOrder)) {
      var record = pending.records().getFirst();
      if (gone.contains(new TopicPartition(record.topic(), record.partition()))) {
        remove(pending);
      }
    }
  }
}
