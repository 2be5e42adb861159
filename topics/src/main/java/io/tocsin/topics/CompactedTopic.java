package io.tocsin.topics;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A small compacted topic for commands: read as a whole, and written to. Every call connects anew
 * and gives up after 30 s without progress. Stateless and thread-safe.
 */
public final class CompactedTopic {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int TIMEOUT_MS = 30_000;

  private final KafkaSettings kafka;
  private final String topic;
  private final String clientId;

  /** A topic of a cluster; nothing is asked of it yet. */
  public CompactedTopic(KafkaSettings kafka, String topic, String clientId) {
    this.kafka = kafka;
    this.topic = topic;
    this.clientId = clientId;
  }

  /**
   * Hands on every committed record that has a key, up to the topic's end as of now. Those of one
   * key come in their order, and the last of them is what stands.
   *
   * @throws UserError when the cluster does not answer or has no such topic
   */
  public void read(Consumer<ConsumerRecord<String, byte[]>> each) {
    Map<String, Object> own =
        Map.of(
            ConsumerConfig.CLIENT_ID_CONFIG,
            clientId,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            TIMEOUT_MS);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            kafka.with(own), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new UserError("there is no topic " + topic, "make it with tocsin topics apply");
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      readToEnd(consumer, each);
    } catch (KafkaException e) {
      throw unusable(e);
    }
  }

  private void readToEnd(
      KafkaConsumer<String, byte[]> consumer, Consumer<ConsumerRecord<String, byte[]>> each) {
    Map<TopicPartition, Long> left = new HashMap<>(consumer.endOffsets(consumer.assignment()));
    long progress = System.nanoTime();
    while (true) {
      left.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      if (left.isEmpty()) {
        return;
      }
      ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        progress = System.nanoTime();
      } else if (System.nanoTime() - progress > TIMEOUT_MS * 1_000_000L) {
        throw new KafkaException("nothing more of " + topic + " came within 30 s");
      }
      for (ConsumerRecord<String, byte[]> record : records) {
        if (record.key() != null) {
          each.accept(record);
        }
      }
    }
  }

  /**
   * Writes records, one after the other; a null value removes a key. Returns when all are written.
   *
   * @throws UserError when the cluster does not answer or refuses
   */
  public void write(Map<String, byte @Nullable []> records) {
    try (Producer<String, byte @Nullable []> producer = producer(Map.of())) {
      for (Map.Entry<String, byte @Nullable []> record : records.entrySet()) {
        producer.send(new ProducerRecord<>(topic, record.getKey(), record.getValue())).get();
      }
    } catch (KafkaException e) {
      throw unusable(e);
    } catch (ExecutionException e) {
      throw unusable(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("interrupted while writing", "try again");
    }
  }

  /**
   * Writes records as a whole or not at all.
   *
   * @param transactionalId of two writers under one id, the earlier fails
   * @throws UserError when the cluster does not answer or refuses
   */
  public void writeAsOne(
      String transactionalId, List<ProducerRecord<String, byte @Nullable []>> records) {
    try (Producer<String, byte @Nullable []> producer =
        producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId))) {
      producer.initTransactions();
      producer.beginTransaction();
      for (ProducerRecord<String, byte @Nullable []> record : records) {
        var _ = producer.send(record); // the commit waits for all
      }
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw unusable(e);
    }
  }

  private Producer<String, byte @Nullable []> producer(Map<String, Object> more) {
    Map<String, Object> own = new HashMap<>(more);
    own.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    own.put(ProducerConfig.ACKS_CONFIG, "all");
    own.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MS);
    own.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
    own.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    return new KafkaProducer<>(kafka.with(own), new StringSerializer(), new ByteArraySerializer());
  }

  private UserError unusable(Throwable e) {
    return new UserError(
        "Kafka at " + kafka.bootstrapServers() + " cannot be used: " + e.getMessage(),
        "check that it runs, and the settings under kafka");
  }
}
