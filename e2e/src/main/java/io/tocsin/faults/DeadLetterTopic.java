package io.tocsin.faults;

import io.tocsin.topics.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What is on {@code tocsin.dead-letters}. */
final class DeadLetterTopic {

  private DeadLetterTopic() {}

  /** How many records it has taken since it was made. */
  static int count(String bootstrapServers) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.DEAD_LETTERS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      return (int)
          consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
