package io.tocsin.embedded;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
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
 * One Kafka broker and its controller inside this JVM, listening on 127.0.0.1 only.
 *
 * <p>The data folder is formatted once and kept: the next start, after a clean close or after a
 * kill, finds every acknowledged record. Topics are never created by accident; replication factors
 * are 1. All methods are safe to call from any thread.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final Duration SHUTDOWN = Duration.ofSeconds(10);

  private final DirectoryLock lock;
  private final LoopbackListeners listeners;
  private final BrokerServer broker;
  private final ControllerServer controller;
  private final String bootstrapServers;
  private boolean closed;

  /**
   * Where and how a broker runs.
   *
   * @param dataDir where topics live; created when missing, kept between runs
   * @param port of 127.0.0.1 for clients; 0 picks a free one
   * @param overrides broker properties that win over the module's own
   */
  public record Options(Path dataDir, int port, Map<String, String> overrides) {
    public Options {
      dataDir = dataDir.toAbsolutePath().normalize();
      Ports.require("Kafka", port);
      overrides = Map.copyOf(overrides);
    }

    /** A broker on a free port. */
    public static Options in(Path dataDir) {
      return new Options(dataDir, 0, Map.of());
    }
  }

  private EmbeddedKafka(
      DirectoryLock lock,
      LoopbackListeners listeners,
      BrokerServer broker,
      ControllerServer controller) {
    this.lock = lock;
    this.listeners = listeners;
    this.broker = broker;
    this.controller = controller;
    this.bootstrapServers = listeners.brokerAddress();
  }

  /**
   * Starts a broker and returns when it takes requests.
   *
   * @throws EmbeddedException when the port is taken, the folder is in use or not writable, or the
   *     broker refuses its configuration or its data; nothing is left running
   */
  public static EmbeddedKafka start(Options options) {
    DirectoryLock lock = DirectoryLock.acquire(options.dataDir(), "Kafka");
    try {
      LoopbackListeners listeners = LoopbackListeners.bind(options.port());
      try {
        return start(options, lock, listeners);
      } catch (RuntimeException e) {
        listeners.close();
        throw e;
      }
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static EmbeddedKafka start(
      Options options, DirectoryLock lock, LoopbackListeners listeners) {
    BrokerFaults faults = new BrokerFaults();
    BrokerServer broker = null;
    ControllerServer controller = null;
    try {
      Properties properties = new Properties();
      properties.putAll(BrokerSettings.of(options.dataDir(), listeners, options.overrides()));
      KafkaConfig config = KafkaConfig.fromProps(properties, false);
      formatOnce(options.dataDir());
      Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> storage =
          KafkaRaftServer.initializeLogDirs(config, LOG, "");
      SharedServer shared = shared(config, storage._1(), faults, listeners);
      broker = new BrokerServer(shared);
      controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), storage._2());
      controller.startup();
      broker.startup();
      faults.running();
      return new EmbeddedKafka(lock, listeners, broker, controller);
    } catch (Exception e) {
      if (broker != null && controller != null) {
        shutdown(broker, controller);
      }
      Throwable first = faults.first();
      Throwable cause = first == null ? e : first;
      throw new EmbeddedException(
          "Kafka did not start on %s (%s)."
              .formatted(options.dataDir(), EmbeddedException.reason(cause)),
          cause);
    }
  }

  private static SharedServer shared(
      KafkaConfig config,
      MetaPropertiesEnsemble meta,
      BrokerFaults faults,
      LoopbackListeners listeners) {
    QuorumConfig quorum = config.quorumConfig();
    return new SharedServer(
        config,
        meta,
        Time.SYSTEM,
        Server.initializeMetrics(config, Time.SYSTEM, meta.clusterId().orElseThrow()),
        CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
        QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
        faults,
        listeners);
  }

  /** {@code meta.properties} is the last file a format writes, so its presence means all of it. */
  private static void formatOnce(Path dataDir) throws Exception {
    if (Files.exists(dataDir.resolve("meta.properties"))) {
      return;
    }
    new Formatter()
        .setPrintStream(new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(BrokerSettings.NODE_ID)
        .setControllerListenerName(LoopbackListeners.CONTROLLER)
        .setMetadataLogDirectory(dataDir.toString())
        .addDirectory(dataDir.toString())
        .run();
  }

  /** What a client's {@code bootstrap.servers} takes, such as {@code 127.0.0.1:9092}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Stops cleanly within about ten seconds; a second call does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    shutdown(broker, controller);
    listeners.close();
    lock.close();
  }

  private static void shutdown(BrokerServer broker, ControllerServer controller) {
    broker.shutdown(SHUTDOWN);
    controller.shutdown();
  }
}
