package io.tocsin.agent.publish;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.topics.Topics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** How a producer is made, and when it may be used. */
final class Connection {

  /** Records larger than this are cut into pieces before they become dead letters. */
  static final int MAX_REQUEST_BYTES = 16 << 20;

  private final KafkaSettings kafka;

  Connection(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  String servers() {
    return kafka.bootstrapServers();
  }

  /**
   * A producer; nothing was asked of the broker yet.
   *
   * @throws org.apache.kafka.common.KafkaException when the settings cannot be, or no server's name
   *     is known
   */
  Producer<byte[], byte[]> open() {
    return new KafkaProducer<>(
        kafka.with(own()), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Asks for the topics' partitions, so that the first send does not wait for them.
   *
   * @throws org.apache.kafka.common.errors.TimeoutException when there is no answer, or no topic
   */
  static void awaitTopics(Producer<byte[], byte[]> producer) {
    var _ = producer.partitionsFor(Topics.LOGS);
    var _ = producer.partitionsFor(Topics.TELEMETRY);
  }

  private static Map<String, Object> own() {
    Map<String, Object> own = new LinkedHashMap<>();
    own.put(ProducerConfig.CLIENT_ID_CONFIG, "tocsin-agent");
    own.put(ProducerConfig.ACKS_CONFIG, "all");
    own.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    own.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // With 5 ms, requests are so small that they cost the agent half as much again for each record.
    own.put(ProducerConfig.LINGER_MS_CONFIG, 25);
    own.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    // Never reached: the lanes hold less, and a sender that waits here would wait too long.
    own.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 48 << 20);
    own.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    // A record is never given up because the broker is away.
    own.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    own.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 15_000);
    own.put(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, 50);
    own.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    // send() may block for metadata only: after a pause in traffic it must still have it.
    own.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
    own.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(365).toMillis());
    return own;
  }
}
