package io.tocsin.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A broker and the controller beside it, on a formatted folder. It is put together as {@code
 * KafkaRaftServer} does, which cannot be used itself: it takes neither bound sockets nor another
 * answer to a fault than ending the process.
 */
final class LocalBroker {
  private static final Logger LOG = LoggerFactory.getLogger(LocalBroker.class);
  private static final Duration SHUTDOWN = Duration.ofSeconds(10);

  private final BrokerServer broker;
  private final ControllerServer controller;

  private LocalBroker(KafkaConfig config, LoopbackListeners listeners, BrokerFaults faults) {
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> storage =
        KafkaRaftServer.initializeLogDirs(config, LOG, "");
    String clusterId = storage._1().clusterId().orElseThrow();
    QuorumConfig quorum = config.quorumConfig();
    SharedServer shared =
        new SharedServer(
            config,
            storage._1(),
            Time.SYSTEM,
            Server.initializeMetrics(config, Time.SYSTEM, clusterId),
            CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
            QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
            faults,
            listeners);
    this.broker = new BrokerServer(shared);
    this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), storage._2());
  }

  /**
   * Formats the folder when it is new, and returns when the broker takes requests.
   *
   * @throws Exception whatever Kafka found wrong; nothing is left running
   */
  static LocalBroker start(Path dataDir, Map<String, String> settings, LoopbackListeners listeners)
      throws Exception {
    BrokerFaults faults = new BrokerFaults();
    CompletableFuture<LocalBroker> started = new CompletableFuture<>();
    Thread starter =
        new Thread(
            () -> {
              faults.own();
              try {
                formatOnce(dataDir);
                started.complete(run(new KafkaConfig(settings, false), listeners, faults));
              } catch (Throwable e) {
                started.completeExceptionally(e);
              }
            },
            "embedded-kafka-start");
    starter.start();
    try {
      CompletableFuture.anyOf(started, faults.failure()).get();
      return started.get();
    } catch (ExecutionException | InterruptedException e) {
      // A broker that halted waits for itself for ever; interrupted, it gives up and shuts down.
      starter.interrupt();
      CompletableFuture<Void> unwanted = started.thenAccept(LocalBroker::stop);
      starter.join(SHUTDOWN);
      LOG.debug("The start was given up, the late broker stopped: {}", unwanted.isDone());
      throw e;
    }
  }

  private static LocalBroker run(
      KafkaConfig config, LoopbackListeners listeners, BrokerFaults faults) {
    LocalBroker broker = new LocalBroker(config, listeners, faults);
    try {
      broker.controller.startup();
      broker.broker.startup();
      faults.running();
      return broker;
    } catch (RuntimeException | Error e) {
      broker.stop();
      throw e;
    }
  }

  /** {@code meta.properties} is the last file a format writes, so its presence means all of it. */
  private static void formatOnce(Path dataDir) throws Exception {
    if (Files.exists(dataDir.resolve("meta.properties"))) {
      return;
    }
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(BrokerSettings.NODE_ID)
        .setControllerListenerName(LoopbackListeners.CONTROLLER)
        .setMetadataLogDirectory(dataDir.toString())
        .addDirectory(dataDir.toString())
        .run();
  }

  /** Stops the broker and then the controller, which it needs for an orderly farewell. */
  void stop() {
    broker.shutdown(SHUTDOWN);
    controller.shutdown();
  }
}
