package io.tocsin.console.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What Dashboards asks OpenSearch for a visualization. */
final class PanelQuery {

  private PanelQuery() {}

  /**
   * The request's body.
   *
   * @param range the clause of the time that is looked at
   * @param computed fields that exist in Dashboards only: their metrics are left out
   */
  static ObjectNode of(JsonNode visState, String dql, ObjectNode range, Set<String> computed) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("size", 0).put("track_total_hits", true);
    body.withObject("/query/bool").putArray("filter").add(Dql.query(dql)).add(range);
    List<JsonNode> buckets = new ArrayList<>();
    ObjectNode metrics = JsonNodeFactory.instance.objectNode();
    for (JsonNode agg : visState.get("aggs")) {
      String field = agg.at("/params/field").asText();
      if (!agg.get("schema").asText().equals("metric")) {
        buckets.add(agg);
      } else if (!agg.get("type").asText().equals("count") && !computed.contains(field)) {
        metrics
            .putObject(agg.get("id").asText())
            .putObject(agg.get("type").asText())
            .put("field", field);
      }
    }
    ObjectNode level = body;
    for (JsonNode bucket : buckets) {
      // Each level has the metrics too: the level above is put in order by them.
      ObjectNode agg = level.withObject("/aggs").putObject(bucket.get("id").asText());
      bucket(bucket, agg, metrics);
      agg.withObject("/aggs").setAll(metrics.deepCopy());
      level = agg;
    }
    if (buckets.isEmpty()) {
      level.set("aggs", metrics);
    }
    return body;
  }

  private static void bucket(JsonNode bucket, ObjectNode agg, ObjectNode metrics) {
    String field = bucket.at("/params/field").asText();
    if (bucket.get("type").asText().equals("date_histogram")) {
      agg.putObject("date_histogram").put("field", field).put("fixed_interval", "5m");
      return;
    }
    ObjectNode terms = agg.putObject("terms");
    terms.put("field", field).put("size", bucket.at("/params/size").asInt());
    String by = bucket.at("/params/orderBy").asText();
    terms.putObject("order").put(metrics.has(by) ? by : "_count", "desc");
  }
}
