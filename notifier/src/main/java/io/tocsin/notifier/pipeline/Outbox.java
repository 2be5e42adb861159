package io.tocsin.notifier.pipeline;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Writes records that must not get lost. Thread-safe. */
interface Outbox {

  /** Returns when the cluster has acknowledged it, however long that takes. */
  RecordMetadata write(String topic, byte @Nullable [] key, byte @Nullable [] value)
      throws InterruptedException;
}
