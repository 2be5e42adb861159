package io.tocsin.benchmarks.agent;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.topics.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the broker takes: a producer that has nothing to do but to send the very records that the
 * agent published before, from memory, with the agent's own settings.
 */
record Limit(KafkaSettings kafka, int lines, List<ProducerRecord<byte[], byte[]>> records)
    implements Contestant {

  private static final Map<String, Object> SETTINGS =
      Map.of(
          ProducerConfig.ACKS_CONFIG,
          "all",
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          true,
          ProducerConfig.COMPRESSION_TYPE_CONFIG,
          "lz4",
          ProducerConfig.LINGER_MS_CONFIG,
          25,
          ProducerConfig.BATCH_SIZE_CONFIG,
          128 << 10,
          ProducerConfig.BUFFER_MEMORY_CONFIG,
          48 << 20);

  Limit(KafkaSettings kafka, int lines) {
    this(kafka, lines, new ArrayList<>(lines));
  }

  @Override
  public void prepare() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.with(Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.LOGS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (records.size() < lines) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (records.size() < lines) {
            records.add(new ProducerRecord<>(Topics.LOGS, record.key(), record.value()));
          }
        }
      }
    }
  }

  @Override
  public void run(int pass) throws IOException {
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.with(SETTINGS), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (ProducerRecord<byte[], byte[]> record : records) {
        var _ =
            producer.send(
                record,
                (metadata, exception) -> {
                  if (exception != null) {
                    failure.set(exception);
                  }
                });
      }
      producer.flush();
    }
    if (failure.get() != null) {
      throw new IOException("the broker did not take a record", failure.get());
    }
  }
}
