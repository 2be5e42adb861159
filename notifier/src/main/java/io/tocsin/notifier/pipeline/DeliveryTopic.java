package io.tocsin.notifier.pipeline;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.Alert.Status;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The delivery log on the compacted topic {@code tocsin.deliveries}, with its latest state in
 * memory. Thread-safe.
 *
 * <p>It is read to its end before a lane begins with a partition of alerts, so whoever had the
 * partition before (another process, or this one before a crash) is known by what it recorded.
 * Entries of finished episodes are kept longer than the alerts themselves: should a group's offsets
 * ever be lost, the alerts still on the topic are not told a second time.
 */
final class DeliveryTopic implements Deliveries, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryTopic.class);

  /** Alerts stay on their topic for 30 days. */
  static final Duration KEPT = Duration.ofDays(35);

  private record Entry(Delivery delivery, long offset) {}

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final Outbox outbox;
  private final Clock clock;
  private final KafkaConsumer<byte[], byte[]> reader;
  private boolean swept;

  DeliveryTopic(KafkaSettings kafka, String clientId, Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
    this.reader =
        new KafkaConsumer<>(
            kafka.with(
                Map.of(
                    ConsumerConfig.CLIENT_ID_CONFIG, clientId,
                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false,
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  @Override
  public @Nullable Delivery find(String episode, String receiver) {
    Entry entry = entries.get(DeliveryCodec.key(episode, receiver));
    return entry == null ? null : entry.delivery();
  }

  @Override
  public List<Delivery> open(String receiver, Set<Integer> partitions) {
    return entries.values().stream()
        .map(Entry::delivery)
        .filter(delivery -> delivery.receiver().equals(receiver) && delivery.isOpenIn(partitions))
        .toList();
  }

  @Override
  public void record(Delivery delivery) throws InterruptedException {
    byte[] key = DeliveryCodec.keyBytes(delivery);
    RecordMetadata at = outbox.write(Topics.DELIVERIES, key, DeliveryCodec.encode(delivery));
    put(delivery, at.offset());
  }

  /**
   * Reads what was recorded up to now, by whomever.
   *
   * @throws org.apache.kafka.common.KafkaException when the cluster does not let it
   */
  synchronized void catchUp() throws InterruptedException {
    if (reader.assignment().isEmpty()) {
      List<TopicPartition> partitions =
          reader.partitionsFor(Topics.DELIVERIES).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new UnknownTopicOrPartitionException(Topics.DELIVERIES + " is not there");
      }
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
    }
    Map<TopicPartition, Long> ends = reader.endOffsets(reader.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(100))) {
        take(record);
      }
    }
    if (!swept) {
      sweep();
      swept = true;
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return;
    }
    if (record.value() == null) {
      entries.remove(new String(record.key(), StandardCharsets.UTF_8));
      return;
    }
    try {
      put(DeliveryCodec.decode(record.value()), record.offset());
    } catch (IllegalArgumentException e) {
      LOG.atWarn()
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .setCause(e)
          .log("entry of the delivery log not understood");
    }
  }

  /** A key has one partition, so offsets order its entries; reading never undoes a later write. */
  private void put(Delivery delivery, long offset) {
    entries.merge(
        DeliveryCodec.key(delivery.episode(), delivery.receiver()),
        new Entry(delivery, offset),
        (old, young) -> young.offset() >= old.offset() ? young : old);
  }

  /** An open episode is kept however old it is: its resolve is still to come. */
  private void sweep() throws InterruptedException {
    Instant horizon = clock.instant().minus(KEPT);
    for (Entry entry : List.copyOf(entries.values())) {
      Delivery delivery = entry.delivery();
      if (delivery.settles(Status.RESOLVED) && delivery.at().isBefore(horizon)) {
        outbox.write(Topics.DELIVERIES, DeliveryCodec.keyBytes(delivery), null);
        entries.remove(DeliveryCodec.key(delivery.episode(), delivery.receiver()), entry);
      }
    }
  }

  @Override
  public synchronized void close() {
    reader.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }
}
