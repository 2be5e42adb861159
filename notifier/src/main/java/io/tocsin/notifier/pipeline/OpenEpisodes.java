package io.tocsin.notifier.pipeline;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The delivery log as one lane sees it: what it records goes to the log, and which episodes go on
 * at its receiver is kept at hand. Not thread-safe, for all that the log behind it is.
 */
final class OpenEpisodes implements Deliveries {

  private final String receiver;
  private final Deliveries log;
  private final Map<String, Delivery> open = new HashMap<>();
  private Set<String> changed = new HashSet<>();

  OpenEpisodes(String receiver, Deliveries log) {
    this.receiver = receiver;
    this.log = log;
  }

  /** The lane has these partitions of alerts from now on; the log has been read to its end. */
  void begin(Set<Integer> partitions) {
    log.open(receiver, partitions).forEach(this::put);
  }

  /** These partitions are somebody else's now. */
  void forget(Set<Integer> partitions) {
    open.values().removeIf(delivery -> delivery.isOpenIn(partitions));
  }

  @Override
  public @Nullable Delivery find(String episode, String asked) {
    return log.find(episode, asked);
  }

  @Override
  public List<Delivery> open(String asked, Set<Integer> partitions) {
    return log.open(asked, partitions);
  }

  @Override
  public void record(Delivery delivery) throws InterruptedException {
    log.record(delivery);
    put(delivery);
  }

  private void put(Delivery delivery) {
    if (delivery.isOpen()) {
      open.put(delivery.episode(), delivery);
      changed.add(delivery.episode());
    } else {
      open.remove(delivery.episode());
    }
  }

  /** How far the receiver was told of an episode that goes on; null when it does not. */
  @Nullable Delivery get(String episode) {
    return open.get(episode);
  }

  /** All that go on. */
  Set<String> episodes() {
    return Set.copyOf(open.keySet());
  }

  boolean hasChanged() {
    return !changed.isEmpty();
  }

  /** The open episodes of which something was recorded since this was asked last. */
  Set<String> takeChanged() {
    Set<String> taken = changed;
    changed = new HashSet<>();
    return taken;
  }
}
