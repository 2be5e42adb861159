package io.tocsin.notifier.pipeline;

import io.tocsin.bootstrap.config.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A compacted topic, read to its end and then followed by whoever asks, so that it needs no thread
 * of its own: every lane asks at least twice a second. Thread-safe.
 */
final class FollowedTopic implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FollowedTopic.class);

  private final String topic;
  private final Consumer<ConsumerRecords<String, byte[]>> taker;
  private final KafkaConsumer<String, byte[]> reader;
  private final ReentrantLock reading = new ReentrantLock();

  /**
   * Does not wait for the cluster.
   *
   * @param taker is given what is read, in order, by one thread at a time
   */
  FollowedTopic(
      KafkaSettings kafka,
      String clientId,
      String topic,
      Consumer<ConsumerRecords<String, byte[]>> taker) {
    this.topic = topic;
    this.taker = taker;
    reader =
        new KafkaConsumer<>(
            kafka.with(
                Map.of(
                    ConsumerConfig.CLIENT_ID_CONFIG,
                    clientId,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                    false,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false)),
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }

  /**
   * Reads what stands there up to now.
   *
   * @throws KafkaException when the cluster does not let it
   */
  void catchUp() {
    reading.lock();
    try {
      if (reader.assignment().isEmpty()) {
        begin();
      }
      Map<TopicPartition, Long> ends = reader.endOffsets(reader.assignment());
      while (ends.entrySet().stream()
          .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
        taker.accept(reader.poll(Duration.ofMillis(100)));
      }
    } finally {
      reading.unlock();
    }
  }

  private void begin() {
    List<TopicPartition> partitions =
        reader.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException(topic + " is not there");
    }
    reader.assign(partitions);
    reader.seekToBeginning(partitions);
  }

  /** Reads what has come; does not wait for the cluster, or for another thread that reads. */
  void follow() {
    if (reading.tryLock()) {
      try {
        if (!reader.assignment().isEmpty()) {
          taker.accept(reader.poll(Duration.ZERO));
        }
      } catch (InterruptException e) {
        throw e;
      } catch (KafkaException e) {
        LOG.atWarn().addKeyValue("topic", topic).setCause(e).log("topic not read");
      } finally {
        reading.unlock();
      }
    }
  }

  @Override
  public void close() {
    reading.lock();
    try {
      reader.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    } finally {
      reading.unlock();
    }
  }
}
