package io.tocsin.notifier.pipeline;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The delivery log: the latest {@link Delivery} of each episode and receiver. Thread-safe. */
interface Deliveries {

  @Nullable Delivery find(String episode, String receiver);

  /** The episodes that go on at this receiver and come from these partitions of alerts. */
  List<Delivery> open(String receiver, Set<Integer> partitions);

  /** Returns when it is durable, however long the cluster is away. */
  void record(Delivery delivery) throws InterruptedException;
}
