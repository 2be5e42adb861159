package io.tocsin.embedded;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opensearch.Version;
import org.opensearch.analysis.common.CommonAnalysisModulePlugin;
import org.opensearch.common.network.NetworkAddress;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.common.transport.TransportAddress;
import org.opensearch.env.Environment;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.index.mapper.MapperExtrasModulePlugin;
import org.opensearch.index.reindex.ReindexModulePlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node whose modules stand on the class path. Only a subclass may say so: the public constructor
 * looks for modules in an installation's folders.
 */
final class LocalNode extends Node {
  private static final Logger LOG = LoggerFactory.getLogger(LocalNode.class);
  private static final List<Class<? extends Plugin>> MODULES =
      List.of(
          Netty4ModulePlugin.class,
          CommonAnalysisModulePlugin.class,
          MapperExtrasModulePlugin.class,
          ReindexModulePlugin.class);

  private static final long SHUTDOWN_SECONDS = 10;
  private static final TimeValue RECOVERY = TimeValue.timeValueSeconds(30);

  private LocalNode(Settings settings) {
    super(environment(settings), MODULES.stream().map(LocalNode::info).toList(), false);
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

  private static PluginInfo info(Class<? extends Plugin> module) {
    return new PluginInfo(
        module.getName(),
        "module on the class path",
        Version.CURRENT.toString(),
        Version.CURRENT,
        "21",
        module.getName(),
        null,
        List.of(),
        false);
  }
}
