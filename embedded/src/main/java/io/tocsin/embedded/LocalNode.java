package io.tocsin.embedded;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opensearch.common.network.NetworkAddress;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.common.transport.TransportAddress;
import org.opensearch.env.Environment;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node that runs in this JVM. */
final class LocalNode extends ModuleNode {
  private static final Logger LOG = LoggerFactory.getLogger(LocalNode.class);
  private static final long SHUTDOWN_SECONDS = 10;
  private static final TimeValue RECOVERY = TimeValue.timeValueSeconds(30);

  private LocalNode(Settings settings) {
    super(environment(settings));
  }

  /**
   * Returns when the node serves.
   *
   * @throws Exception whatever the node found wrong; nothing is left running
   */
  static LocalNode start(Settings settings) throws Exception {
    LocalNode node = new LocalNode(settings);
    try {
      node.start();
      // A node answers before it has read its indices back, and a search then finds no shards.
      node.client()
          .admin()
          .cluster()
          .prepareHealth()
          .setWaitForYellowStatus()
          .setTimeout(RECOVERY)
          .get();
      return node;
    } catch (Exception | Error e) {
      node.stop();
      throw e;
    }
  }

  /** Where it answers HTTP. */
  URI uri() {
    TransportAddress http =
        injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress();
    return URI.create("http://" + NetworkAddress.format(http.address()));
  }

  /** Closes the node and waits until it is. */
  void stop() {
    try {
      close();
      if (!awaitClose(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn(
            "The embedded OpenSearch node still has work open {} s after its close",
            SHUTDOWN_SECONDS);
      }
    } catch (IOException e) {
      LOG.warn("The embedded OpenSearch node did not close cleanly", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Environment environment(Settings settings) {
    return InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "embedded");
  }
}
