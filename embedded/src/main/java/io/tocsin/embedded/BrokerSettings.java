package io.tocsin.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** How a broker is configured that is alone, local, small, and quick to start and to commit. */
final class BrokerSettings {
  static final int NODE_ID = 1;

  private BrokerSettings() {}

  static Map<String, String> of(
      Path dataDir, LoopbackListeners listeners, Map<String, String> overrides) {
    Map<String, String> settings = new HashMap<>();
    identity(settings, dataDir, listeners);
    alone(settings);
    quick(settings);
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
    settings.put("auto.create.topics.enable", "false");
  }

  private static void alone(Map<String, String> settings) {
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
  }

  private static void quick(Map<String, String> settings) {
    // After a kill the controller waits for the dead broker's session before it admits its heir.
    settings.put("broker.session.timeout.ms", "2000");
    settings.put("broker.heartbeat.interval.ms", "400");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("offsets.topic.num.partitions", "2");
    settings.put("transaction.state.log.num.partitions", "2");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
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
