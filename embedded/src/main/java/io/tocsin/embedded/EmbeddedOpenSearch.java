package io.tocsin.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.BindHttpException;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.NodeValidationException;

/**
 * One OpenSearch node inside this JVM, answering HTTP on 127.0.0.1 only, without security.
 *
 * <p>The data folder is kept: the next start finds every acknowledged document. New indices get no
 * replicas unless they ask for some, so the node is green by itself. All methods are safe to call
 * from any thread.
 */
public final class EmbeddedOpenSearch implements AutoCloseable {
  private static final long SHUTDOWN_SECONDS = 10;

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
    public Options {
      dataDir = dataDir.toAbsolutePath().normalize();
      Ports.require("OpenSearch", httpPort);
      overrides = Map.copyOf(overrides);
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
    int port =
        node.injector()
            .getInstance(HttpServerTransport.class)
            .boundAddress()
            .publishAddress()
            .getPort();
    this.uri = URI.create("http://127.0.0.1:" + port);
  }

  /**
   * Starts a node and returns when it answers.
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
        return new EmbeddedOpenSearch(lock, log, run(settings));
      } catch (RuntimeException e) {
        log.close();
        throw refusal(options, e);
      }
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static LocalNode run(Settings settings) {
    LocalNode node = new LocalNode(settings);
    try {
      node.start();
      return node;
    } catch (NodeValidationException e) {
      stop(node);
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      stop(node);
      throw e;
    }
  }

  private static EmbeddedException refusal(Options options, RuntimeException e) {
    if (e instanceof BindHttpException) {
      return new EmbeddedException(
          "OpenSearch: port %d of 127.0.0.1 is taken or not allowed. Stop what listens there, or choose another port."
              .formatted(options.httpPort()),
          e);
    }
    return new EmbeddedException(
        "OpenSearch did not start on %s (%s)."
            .formatted(options.dataDir(), EmbeddedException.reason(e)),
        e);
  }

  /** Where it answers, such as {@code http://127.0.0.1:9200}. */
  public URI uri() {
    return uri;
  }

  /** Stops cleanly within about ten seconds; a second call does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    stop(node);
    log.close();
    lock.close();
  }

  private static void stop(LocalNode node) {
    try {
      node.close();
      node.awaitClose(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new EmbeddedException("OpenSearch did not stop cleanly: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
