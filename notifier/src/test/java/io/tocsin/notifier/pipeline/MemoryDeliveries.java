package io.tocsin.notifier.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A delivery log that outlives the lanes of a test, and can fail like a process that dies. */
final class MemoryDeliveries implements Deliveries {

  /** Stands for kill -9 between a call and its record. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final Map<String, Delivery> entries = new HashMap<>();
  boolean killNext;

  @Override
  public @Nullable Delivery find(String episode, String receiver) {
    return entries.get(DeliveryCodec.key(episode, receiver));
  }

  @Override
  public List<Delivery> open(String receiver, Set<Integer> partitions) {
    return entries.values().stream()
        .filter(each -> each.receiver().equals(receiver) && each.isOpenIn(partitions))
        .toList();
  }

  @Override
  public void record(Delivery delivery) {
    if (killNext) {
      killNext = false;
      throw new Killed();
    }
    Delivery reread = DeliveryCodec.decode(DeliveryCodec.encode(delivery));
    entries.put(DeliveryCodec.key(delivery.episode(), delivery.receiver()), reread);
  }
}
