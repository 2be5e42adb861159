package io.tocsin.alerting.topology;

import io.tocsin.topics.Topics;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology: three sources, one processor over one store, five sinks.
 *
 * <p>What has to meet elsewhere goes out to the re-keyed topic and comes back in through it, to the
 * same processor of another partition: events of rules that group by something else than their
 * topic's key, events of producers that partition in their own way, and news for the health of a
 * service. One processor for all of it means one task, one store and one changelog a partition.
 *
 * <p>The names of nodes and stores are part of the upgrade contract: a store's name is its
 * changelog's, and a rename forgets everything.
 */
public final class AlertingTopology {

  /** The one store. */
  static final String STORE = "alerting";

  /** The store's changelog topic, as Kafka Streams names it. */
  public static String changelogOf(String applicationId) {
    return applicationId + "-" + STORE + "-changelog";
  }

  private AlertingTopology() {}

  /**
   * The topics it reads and writes beside those it only writes.
   *
   * @param rekeyed belongs to the application alone
   */
  public record Inputs(String logs, String telemetry, String rekeyed) {

    /** The platform's, with the re-keyed topic of an application. */
    public static Inputs of(String applicationId) {
      return new Inputs(Topics.LOGS, Topics.TELEMETRY, applicationId + "-rekeyed");
    }
  }

  /**
   * What the topology is made of.
   *
   * @param clock what time it is; must agree with the wall clock that Kafka Streams uses
   */
  public record Parts(
      Inputs topics,
      Shards shards,
      RuleBook rules,
      ReadProgress progress,
      AlertingMetrics metrics,
      Clock clock) {}

  /** Builds it. */
  public static Topology build(Parts parts) {
    Topology topology = new Topology();
    source(topology, "logs", parts.topics().logs());
    source(topology, "telemetry", parts.topics().telemetry());
    source(topology, "rekeyed", parts.topics().rekeyed());
    ProcessorSupplier<byte[], byte[], byte[], byte[]> shard = () -> new ShardProcessor(parts);
    topology.addProcessor("shard", shard, "logs", "telemetry", "rekeyed");
    topology.addStateStore(store(), "shard");
    sink(topology, Outlet.ALERTS, Topics.ALERTS);
    sink(topology, Outlet.ALERT_STATE, Topics.ALERT_STATE);
    sink(topology, Outlet.HEALTH, Topics.HEALTH);
    sink(topology, Outlet.REKEYED, parts.topics().rekeyed());
    sink(topology, Outlet.DEAD_LETTERS, Topics.DEAD_LETTERS);
    return topology;
  }

  private static void source(Topology topology, String name, String topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        AlertingTopology::timestampOf,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topic);
  }

  /**
   * The append time. A record without one, out of a foreign cluster, is as old as its neighbour.
   */
  private static long timestampOf(ConsumerRecord<Object, Object> record, long partitionTime) {
    return record.timestamp() >= 0 ? record.timestamp() : Math.max(partitionTime, 0);
  }

  private static void sink(Topology topology, String name, String topic) {
    topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), "shard");
  }

  private static StoreBuilder<ShardStore> store() {
    return new ShardStoreBuilder(
            Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray()))
        .withCachingEnabled()
        .withLoggingEnabled(Map.of());
  }
}
