package io.tocsin.indexer.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many shards the next index of each family gets: a component template each, made by the setup
 * and kept by the lifecycle from then on, so that a restart does not undo what was measured.
 */
final class ShardTemplates {

  private final ClusterJson cluster;

  ShardTemplates(ClusterJson cluster) {
    this.cluster = cluster;
  }

  /** What each family has now; a family without a template is left out. */
  Map<String, Integer> present() throws SetupFailedException, InterruptedException {
    Map<String, Integer> present = new TreeMap<>();
    for (String family : Family.NAMES) {
      JsonNode answer = cluster.get(Template.shards(family, 1).path(), Map.of());
      int shards =
          answer.path("component_templates").path(0).at("/component_template/version").asInt();
      if (shards > 0) {
        present.put(family, shards);
      }
    }
    return present;
  }

  void put(String family, int shards) throws SetupFailedException, InterruptedException {
    Template template = Template.shards(family, shards);
    cluster.put(template.path(), ClusterJson.tree(template.json()));
  }
}
