package io.tocsin.notifier;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.Alert;
import io.tocsin.event.DeadLetter;
import io.tocsin.event.EventCodec;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts transitions on {@code tocsin.alerts}, and reads what the notifier wrote. */
public final class AlertTopic implements AutoCloseable {

  private final KafkaSettings kafka;
  private final KafkaProducer<byte[], byte[]> producer;

  public AlertTopic(KafkaSettings kafka) {
    this.kafka = kafka;
    producer =
        new KafkaProducer<>(
            kafka.with(Map.of(ProducerConfig.LINGER_MS_CONFIG, 0)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  public void put(Alert... alerts) {
    for (Alert alert : alerts) {
      put(alert.fingerprint(), EventCodec.encode(alert));
    }
    producer.flush();
  }

  public void put(String key, byte[] value) {
    producer.send(new ProducerRecord<>(Topics.ALERTS, key.getBytes(StandardCharsets.UTF_8), value));
  }

  /** Puts somebody's word on its topic; null takes it back. */
  public void put(String topic, String key, byte[] value) {
    producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    producer.flush();
  }

  /** As the engine writes when its transaction fails: on the topic, and never to be seen. */
  public void putAborted(Alert alert) {
    try (KafkaProducer<byte[], byte[]> engine =
        new KafkaProducer<>(
            kafka.with(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "engine")),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      engine.initTransactions();
      engine.beginTransaction();
      engine.send(
          new ProducerRecord<>(
              Topics.ALERTS,
              alert.fingerprint().getBytes(StandardCharsets.UTF_8),
              EventCodec.encode(alert)));
      engine.flush();
      engine.abortTransaction();
    }
  }

  /** All dead letters there are. */
  public List<DeadLetter> deadLetters() throws Exception {
    List<DeadLetter> letters = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : all(Topics.DEAD_LETTERS)) {
      letters.add(EventCodec.decodeDeadLetter(record.value()));
    }
    return letters;
  }

  /** All records of a topic, as they stand now. */
  public List<ConsumerRecord<byte[], byte[]>> all(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.with(Map.of(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(50)).forEach(records::add);
      }
      return records;
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
