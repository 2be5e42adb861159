package io.tocsin.embedded;

import java.nio.file.Path;
import java.util.Map;

/**
 * One Kafka broker and its controller inside this JVM, listening on 127.0.0.1 only.
 *
 * <p>The data folder is formatted once and kept: the next start, after a clean close or after a
 * kill, finds every acknowledged record. Topics are never created by accident; replication factors
 * are 1. All methods are safe to call from any thread.
 *
 * <p>A running broker that loses its disk ends the process, as Kafka does, after an error in the
 * log: it could neither serve nor say what it has lost.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private final DirectoryLock lock;
  private final LocalBroker broker;
  private final String bootstrapServers;
  private boolean closed;

  /**
   * Where and how a broker runs.
   *
   * @param dataDir where topics live; created when missing, kept between runs
   * @param port of 127.0.0.1 for clients; 0 picks a free one
   * @param overrides broker properties that win over the module's own, except for those that say
   *     who and where it is (such as {@code listeners}, {@code log.dirs})
   */
  public record Options(Path dataDir, int port, Map<String, String> overrides) {
    /**
     * Checks them.
     *
     * @throws EmbeddedException when one cannot work
     */
    public Options {
      dataDir = dataDir.toAbsolutePath().normalize();
      overrides = Map.copyOf(overrides);
      Ports.require("Kafka", port);
      BrokerSettings.require(dataDir, overrides);
    }

    /** A broker on a free port. */
    public static Options in(Path dataDir) {
      return new Options(dataDir, 0, Map.of());
    }
  }

  private EmbeddedKafka(DirectoryLock lock, LocalBroker broker, String bootstrapServers) {
    this.lock = lock;
    this.broker = broker;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker and returns when it takes requests: in one to two seconds, or two more when the
   * last run was killed and its session has to time out.
   *
   * @throws EmbeddedException when the port is taken, the folder is in use or not writable, or the
   *     broker refuses its settings or its data; nothing is left running
   */
  public static EmbeddedKafka start(Options options) {
    DirectoryLock lock = DirectoryLock.acquire(options.dataDir(), "Kafka");
    try {
      return start(options, lock);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static EmbeddedKafka start(Options options, DirectoryLock lock) {
    LoopbackListeners listeners = LoopbackListeners.bind(options.port());
    try {
      Map<String, String> settings =
          BrokerSettings.of(options.dataDir(), listeners, options.overrides());
      LocalBroker broker = LocalBroker.start(options.dataDir(), settings, listeners);
      return new EmbeddedKafka(lock, broker, listeners.brokerAddress());
    } catch (Exception e) {
      listeners.close();
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new EmbeddedException(
          "Kafka did not start on %s (%s). Mend that, or start on an empty folder."
              .formatted(options.dataDir(), EmbeddedException.reason(e)),
          e);
    }
  }

  /** What a client's {@code bootstrap.servers} takes, such as {@code 127.0.0.1:9092}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /**
   * Stops cleanly, within about ten seconds and mostly in half a one; a second call does nothing.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    broker.stop();
    lock.close();
  }
}
