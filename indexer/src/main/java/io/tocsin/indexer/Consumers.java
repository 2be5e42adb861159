package io.tocsin.indexer;

import io.tocsin.bootstrap.config.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How the indexer consumes. The user's own client properties win over these. */
final class Consumers {

  private static final int POLL_RECORDS = 1000;

  private Consumers() {}

  /**
   * A consumer that is connected to nothing yet.
   *
   * @throws org.apache.kafka.common.KafkaException when no bootstrap server's name can be resolved
   */
  static Consumer<byte[], byte[]> open(KafkaSettings kafka, IndexerConfig config) {
    return new KafkaConsumer<>(
        kafka.with(properties(config)), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Map<String, Object> properties(IndexerConfig config) {
    Map<String, Object> own = new HashMap<>();
    own.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
    if (config.instance() != null) {
      own.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, config.instance());
    }
    own.put(ConsumerConfig.CLIENT_ID_CONFIG, "tocsin-indexer");
    own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    own.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    // What one poll may bring and the client may hold ahead of it, so that memory stays bounded.
    own.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
    own.put(
        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
        Math.toIntExact(Math.max(4 * config.bulkSize().bytes(), 4_000_000)));
    // The default waits 45 s for a member that was killed before others may read its partitions.
    own.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    own.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
    // A topic that is made after the start is found within this time.
    own.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
    return own;
  }
}
