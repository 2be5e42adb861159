package io.tocsin.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.common.settings.Settings;

/** How an OpenSearch node is configured that is alone, local and small. */
final class NodeSettings {
  private NodeSettings() {}

  static void require(Map<String, String> overrides) {
    for (String key : List.of("path.home", "path.data")) {
      if (overrides.containsKey(key)) {
        throw new EmbeddedException(
            "OpenSearch: %s belongs to the embedded node and cannot be overridden. Give it as the data folder."
                .formatted(key));
      }
    }
  }

  static Settings of(Path dataDir, int httpPort, Map<String, String> overrides) {
    Settings.Builder settings = Settings.builder();
    settings.put("cluster.name", "tocsin");
    settings.put("node.name", "embedded");
    settings.put("path.home", dataDir.toString());
    settings.putList("path.data", dataDir.toString());
    settings.put("path.logs", dataDir.resolve("logs").toString());
    settings.put("network.host", "127.0.0.1");
    settings.put("http.port", httpPort);
    // Nobody but this JVM uses the transport; a fixed range would let two nodes meet in it.
    settings.put("transport.port", 0);
    settings.put("discovery.type", "single-node");
    settings.put("cluster.default_number_of_replicas", 0);
    // Shares of the disk would turn a nearly full developer's machine read-only; bytes do not.
    settings.put("cluster.routing.allocation.disk.watermark.low", "500mb");
    settings.put("cluster.routing.allocation.disk.watermark.high", "300mb");
    settings.put("cluster.routing.allocation.disk.watermark.flood_stage", "200mb");
    // The heap is shared with whatever else this JVM runs; its fill says nothing about a request.
    settings.put("indices.breaker.total.use_real_memory", false);
    overrides.forEach(settings::put);
    return settings.build();
  }
}
