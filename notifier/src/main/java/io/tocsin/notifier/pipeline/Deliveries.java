package io.tocsin.notifier.pipeline;

import org.jspecify.annotations.Nullable;

/** The delivery log: the latest {@link Delivery} of each episode and receiver. Thread-safe. */
interface Deliveries {

  @Nullable Delivery find(String episode, String receiver);

  /** Returns when it is durable, however long the cluster is away. */
  void record(Delivery delivery) throws InterruptedException;
}
