package io.tocsin.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How a broker is configured that is alone, local, small, and quick to start and to commit. */
final class BrokerSettings {
  static final int NODE_ID = 1;

  /** What {@link #of} must be sure of: the sockets are bound and the folder is locked by then. */
  private static final Set<String> OWN =
      Set.of(
          "process.roles",
          "node.id",
          "log.dir",
          "log.dirs",
          "metadata.log.dir",
          "listeners",
          "advertised.listeners",
          "listener.security.protocol.map",
          "inter.broker.listener.name",
          "controller.listener.names",
          "controller.quorum.voters",
          "controller.quorum.bootstrap.servers");

  private BrokerSettings() {}

  static void require(Path dataDir, Map<String, String> overrides) {
    if (dataDir.toString().contains(",")) {
      throw new EmbeddedException(
          "Kafka: a data folder with a comma in its path would be two (%s). Choose another folder."
              .formatted(dataDir));
    }
    for (String key : new TreeSet<>(overrides.keySet())) {
      if (OWN.contains(key)) {
        throw new EmbeddedException(
            "Kafka: %s belongs to the embedded broker and cannot be overridden. Remove it, or run a broker of your own."
                .formatted(key));
      }
    }
  }

  static Map<String, String> of(
      Path dataDir, LoopbackListeners listeners, Map<String, String> overrides) {
    Map<String, String> settings = new HashMap<>();
    identity(settings, dataDir, listeners);
    alone(settings);
    quick(settings);
    session(settings, dataDir);
    small(settings);
    settings.putAll(overrides);
    return settings;
  }

  private static void identity(
      Map<String, String> settings, Path dataDir, LoopbackListeners listeners) {
    String broker = LoopbackListeners.BROKER + "://" + listeners.brokerAddress();
    String controller = LoopbackListeners.CONTROLLER + "://" + listeners.controllerAddress();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("log.dirs", dataDir.toString());
    settings.put("listeners", broker + "," + controller);
    settings.put("advertised.listeners", broker);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", LoopbackListeners.BROKER);
    settings.put("controller.listener.names", LoopbackListeners.CONTROLLER);
    // Voters by address rather than a stored quorum: the controller's port is new at every start.
    settings.put("controller.quorum.voters", NODE_ID + "@" + listeners.controllerAddress());
  }

  private static void alone(Map<String, String> settings) {
    settings.put("auto.create.topics.enable", "false");
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
  }

  private static void quick(Map<String, String> settings) {
    settings.put("server.max.startup.time.ms", "300000");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("offsets.topic.num.partitions", "2");
    settings.put("transaction.state.log.num.partitions", "2");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
  }

  /**
   * A machine that stands still for seconds shall not cost the broker its leadership. But after a
   * kill the controller waits for the dead broker's session before it admits its heir.
   */
  private static void session(Map<String, String> settings, Path dataDir) {
    settings.put("broker.session.timeout.ms", wasKilled(dataDir) ? "2000" : "30000");
    settings.put("broker.heartbeat.interval.ms", "400");
  }

  /** Whether a broker ran here whose logs were not closed. */
  private static boolean wasKilled(Path dataDir) {
    return Files.exists(dataDir.resolve("meta.properties"))
        && !Files.exists(dataDir.resolve(".kafka_cleanshutdown"));
  }

  private static void small(Map<String, String> settings) {
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("group.coordinator.threads", "1");
    settings.put("share.coordinator.threads", "1");
    settings.put("num.recovery.threads.per.data.dir", "2");
    // 128 MiB by default, allocated at start; 8 MiB still holds 300 000 keys a pass.
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    settings.put("log.index.size.max.bytes", Integer.toString(2 << 20));
    settings.put("log.segment.bytes", Integer.toString(256 << 20));
    settings.put("offsets.topic.segment.bytes", Integer.toString(16 << 20));
    settings.put("transaction.state.log.segment.bytes", Integer.toString(16 << 20));
    settings.put("log.retention.hours", "168");
  }
}
