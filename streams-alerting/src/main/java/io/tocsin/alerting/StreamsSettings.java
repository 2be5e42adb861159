package io.tocsin.alerting;

import io.tocsin.alerting.topology.RocksDbBounds;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** How Kafka Streams is set up: exactly once, with the latency won back. */
final class StreamsSettings {

  /** The consumer group, and the prefix of the topics that belong to alerting alone. */
  static final String APPLICATION_ID = "tocsin-alerting";

  // There is no global store; this is Kafka 5's default, and without it a warning asks for it. Its
  // constant is marked as deprecated already, since the setting will go.
  private static final String GLOBAL_HANDLER = "processing.exception.handler.global.enabled";

  private static final int SESSION_MS = 10_000;
  private static final int LINGER_MS = 100;

  private StreamsSettings() {}

  static Properties of(AlertingConfig config, KafkaSettings kafka, String instance) {
    Map<String, Object> own = new HashMap<>();
    own.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
    own.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
    own.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
    own.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
    own.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, config.cache().bytes());
    own.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbBounds.class);
    own.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    own.put(GLOBAL_HANDLER, true);
    // The assignor makes a StreamsConfig of what the consumer was given alone, and warns again.
    own.put(StreamsConfig.mainConsumerPrefix(GLOBAL_HANDLER), true);
    exactlyOnceAndSoon(own, config);
    membership(own, instance);
    Properties properties = new Properties();
    properties.putAll(kafka.with(own));
    return properties;
  }

  /** Measured from the tipping record to the consumed alert: 110 ms with defaults, 21 ms so. */
  private static void exactlyOnceAndSoon(Map<String, Object> own, AlertingConfig config) {
    own.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    own.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
    own.put(StreamsConfig.POLL_MS_CONFIG, 10L);
    // Each topic has clocks of its own, so none waits for another to be read as far.
    own.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    // Nobody sees a record before its commit, and a commit sends what lingers: to send sooner only
    // makes more requests, each with its own compressor.
    own.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MS);
    // A transaction that begins while the last one's end is still being written tries again.
    own.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 20);
    own.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
  }

  /**
   * An instance keeps its name over a restart, so the group hands it back what it had at once,
   * instead of waiting for a killed process to be missed.
   */
  private static void membership(Map<String, Object> own, String instance) {
    own.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instance);
    own.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MS);
    own.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        SESSION_MS / 4);
  }
}
