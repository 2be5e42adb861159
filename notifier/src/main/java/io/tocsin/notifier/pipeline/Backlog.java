package io.tocsin.notifier.pipeline;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one receiver, at most one {@link Pending} an episode, in the order it is due; what
 * is not to be told for now is held aside. Not thread-safe.
 */
final class Backlog {

  private final Map<String, Pending> byEpisode = new HashMap<>();
  private final TreeSet<Pending> inOrder =
      new TreeSet<>(
          Comparator.<Pending, Instant>comparing(Pending::dueAt)
              .thenComparingLong(Pending::sequence));
  private final Map<Pending, Hold> held = new LinkedHashMap<>();
  private long sequence;
  private volatile int size;
  private volatile int heldSize;
  private final Map<Hold, AtomicInteger> heldFor = new EnumMap<>(Hold.class);

  Backlog() {
    for (Hold why : Hold.values()) {
      heldFor.put(why, new AtomicInteger());
    }
  }

  /** All that wait, due or not, held or not. */
  List<Pending> all() {
    return List.copyOf(byEpisode.values());
  }

  /** Another one for each that is put in here: first come, first served. */
  long nextSequence() {
    return sequence++;
  }

  @Nullable Pending find(String episode) {
    return byEpisode.get(episode);
  }

  void add(Pending pending) {
    byEpisode.put(pending.alert().episode(), pending);
    inOrder.add(pending);
    count();
  }

  void remove(Pending pending) {
    byEpisode.remove(pending.alert().episode());
    inOrder.remove(pending);
    unhold(pending);
    count();
  }

  private void unhold(Pending pending) {
    Hold why = held.remove(pending);
    if (why != null) {
      countOf(why).decrementAndGet();
    }
  }

  /** Puts it aside until it is released or changed. */
  void hold(Pending pending, Hold why) {
    inOrder.remove(pending);
    unhold(pending);
    held.put(pending, why);
    countOf(why).incrementAndGet();
    count();
  }

  /** Brings back all that was put aside. */
  void releaseAll() {
    inOrder.addAll(held.keySet());
    List.copyOf(held.keySet()).forEach(this::unhold);
    count();
  }

  private void count() {
    size = inOrder.size();
    heldSize = held.size();
  }

  /** Changes what may move it in the order of due times; it is no longer held. */
  void change(Pending pending, Runnable change) {
    inOrder.remove(pending);
    unhold(pending);
    change.run();
    inOrder.add(pending);
    count();
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

  /** How many episodes wait and are not held; from any thread. */
  int size() {
    return size;
  }

  /** How many are held; from any thread. */
  int held() {
    return heldSize;
  }

  /** How many are held for this; from any thread. */
  int held(Hold why) {
    return countOf(why).get();
  }

  private AtomicInteger countOf(Hold why) {
    return Objects.requireNonNull(heldFor.get(why));
  }

  /** Drops what came from these partitions: whoever has them now reads it again. */
  void forget(Collection<TopicPartition> gone) {
    for (Pending pending : all()) {
      if (gone.stream().anyMatch(each -> each.partition() == pending.partition())) {
        remove(pending);
      }
    }
  }
}
