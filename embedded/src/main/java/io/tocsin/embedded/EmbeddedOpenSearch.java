package io.tocsin.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.BindHttpException;

/**
 * One OpenSearch node inside this JVM, answering HTTP on 127.0.0.1 only, without security.
 *
 * <p>The data folder is kept: the next start finds every acknowledged document. New indices get no
 * replicas unless they ask for some, so the node is green by itself. All methods are safe to call
 * from any thread.
 */
public final class EmbeddedOpenSearch implements AutoCloseable {
  private final DirectoryLock lock;
  private final NodeLog log;
  private final LocalNode node;
  private final URI uri;
  private boolean closed;

  /**
   * Where and how a node runs.
   *
   * @param dataDir where indices live; created when missing, kept between runs
   * @param httpPort of 127.0.0.1; 0 picks a free one
   * @param overrides node settings that win over the module's own; {@code path.logs} moves the log
   *     file out of {@code dataDir/logs}
   */
  public record Options(Path dataDir, int httpPort, Map<String, String> overrides) {
    /**
     * Checks them.
     *
     * @throws EmbeddedException when one cannot work
     */
    public Options {
      dataDir = dataDir.toAbsolutePath().normalize();
      overrides = Map.copyOf(overrides);
      Ports.require("OpenSearch", httpPort);
      NodeSettings.require(overrides);
    }

    /** A node on a free port. */
    public static Options in(Path dataDir) {
      return new Options(dataDir, 0, Map.of());
    }
  }

  private EmbeddedOpenSearch(DirectoryLock lock, NodeLog log, LocalNode node) {
    this.lock = lock;
    this.log = log;
    this.node = node;
    this.uri = node.uri();
  }

  /**
   * Starts a node and returns when it answers and, unless they need longer than half a minute, all
   * indices of earlier runs do.
   *
   * @throws EmbeddedException when the port is taken, the folder is in use or not writable, or the
   *     node refuses its settings or its data; nothing is left running
   */
  public static EmbeddedOpenSearch start(Options options) {
    DirectoryLock lock = DirectoryLock.acquire(options.dataDir(), "OpenSearch");
    try {
      Settings settings =
          NodeSettings.of(options.dataDir(), options.httpPort(), options.overrides());
      NodeLog log = NodeLog.into(Path.of(settings.get("path.logs")));
      try {
        return new EmbeddedOpenSearch(lock, log, LocalNode.start(settings));
      } catch (Exception e) {
        log.close();
        throw refusal(options, e);
      }
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static EmbeddedException refusal(Options options, Exception e) {
    if (e instanceof BindHttpException) {
      return new EmbeddedException(
          "OpenSearch: port %d of 127.0.0.1 is taken or not allowed. Stop what listens there, or choose another port."
              .formatted(options.httpPort()),
          e);
    }
    return new EmbeddedException(
        "OpenSearch did not start on %s (%s). Mend that, or start on an empty folder."
            .formatted(options.dataDir(), EmbeddedException.reason(e)),
        e);
  }

  /** Where it answers, such as {@code http://127.0.0.1:9200}. */
  public URI uri() {
    return uri;
  }

  /** Stops cleanly, within about ten seconds; a second call does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      node.stop();
    } finally {
      log.close();
      lock.close();
    }
  }
}
