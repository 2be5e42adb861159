package io.tocsin.console.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.console.dashboards.DashboardFile.Panel;
import io.tocsin.console.dashboards.DashboardFile.Type;
import java.util.List;
import java.util.Map;

/** A visualization's state: its aggregations and how they are drawn. */
final class VisState {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final Map<String, String> METRICS =
      Map.of(
          "mean",
          "avg",
          "min",
          "min",
          "max",
          "max",
          "earliest",
          "min",
          "latest",
          "max",
          "unique",
          "cardinality");

  private VisState() {}

  static String timeField(Panel panel) {
    return panel.index().equals("tocsin-alerts") ? "at" : "ts";
  }

  static ObjectNode of(Panel panel) {
    ObjectNode state = JSON.objectNode();
    String type = type(panel.type());
    state.put("title", panel.title()).put("type", type);
    ArrayNode aggs = aggregations(panel);
    state.set("aggs", aggs);
    state.set("params", params(panel, type));
    return state;
  }

  private static String type(Type type) {
    return switch (type) {
      case BARS -> "histogram";
      case LINES, STEPS -> "line";
      case AREAS -> "area";
      case NUMBER -> "metric";
      case PIE -> "pie";
      case TABLE -> "table";
      case LIST -> throw new IllegalArgumentException("a list is a saved search");
    };
  }

  private static ArrayNode aggregations(Panel panel) {
    ArrayNode aggs = JSON.arrayNode();
    for (String value : panel.values()) {
      String[] words = value.split(" ");
      String kind = words[0].equals("count") ? "count" : METRICS.get(words[0]);
      ObjectNode params = aggregation(aggs, kind, "metric");
      if (words.length > 1) {
        params.put("field", words[1]);
        params.put("customLabel", value);
      }
    }
    if (panel.over() != null) {
      aggregation(aggs, "date_histogram", "segment")
          .put("field", panel.over())
          .put("useNormalizedOpenSearchInterval", true)
          .put("scaleMetricValues", false)
          .put("interval", "auto")
          .put("drop_partials", false)
          .put("min_doc_count", 1)
          .putObject("extended_bounds");
    }
    for (String field : panel.by()) {
      String schema =
          panel.type() == Type.TABLE ? "bucket" : panel.type() == Type.PIE ? "segment" : "group";
      aggregation(aggs, "terms", schema)
          .put("field", field)
          .put("orderBy", "1")
          .put("order", "desc")
          .put("size", panel.type() == Type.TABLE ? 50 : 10)
          .put("otherBucket", false)
          .put("otherBucketLabel", "Other")
          .put("missingBucket", false)
          .put("missingBucketLabel", "Missing");
    }
    return aggs;
  }

  private static ObjectNode aggregation(ArrayNode aggs, String type, String schema) {
    ObjectNode agg = aggs.addObject();
    agg.put("id", Integer.toString(aggs.size())).put("enabled", true).put("type", type);
    ObjectNode params = agg.putObject("params");
    agg.put("schema", schema);
    return params;
  }

  private static ObjectNode params(Panel panel, String type) {
    return switch (panel.type()) {
      case BARS, LINES, STEPS, AREAS -> axes(panel, type);
      case NUMBER -> number();
      case PIE -> pie();
      case TABLE ->
          JSON.objectNode()
              .put("perPage", 10)
              .put("showPartialRows", false)
              .put("showMetricsAtAllLevels", false)
              .put("showTotal", false)
              .put("totalFunc", "sum")
              .put("percentageCol", "");
      case LIST -> throw new IllegalArgumentException("a list is a saved search");
    };
  }

  private static ObjectNode axes(Panel panel, String type) {
    ObjectNode params = JSON.objectNode().put("type", type);
    params.putObject("grid").put("categoryLines", false);
    ObjectNode category = params.putArray("categoryAxes").addObject();
    category.put("id", "CategoryAxis-1").put("type", "category").put("position", "bottom");
    category.put("show", true).putObject("scale").put("type", "linear");
    category.putObject("labels").put("show", true).put("filter", true).put("truncate", 100);
    category.putObject("title");
    category.putObject("style");
    ObjectNode value = params.putArray("valueAxes").addObject();
    value.put("id", "ValueAxis-1").put("name", "LeftAxis-1").put("type", "value");
    value.put("position", "left").put("show", true);
    value.putObject("scale").put("type", "linear").put("mode", "normal");
    value.putObject("labels").put("show", true).put("rotate", 0).put("filter", false);
    value.putObject("title").put("text", String.join(", ", panel.values()));
    value.putObject("style");
    ArrayNode series = params.putArray("seriesParams");
    for (int i = 0; i < panel.values().size(); i++) {
      ObjectNode one = series.addObject();
      one.put("show", true).put("type", type).put("valueAxis", "ValueAxis-1");
      one.put(
          "mode", panel.type() == Type.BARS || panel.type() == Type.AREAS ? "stacked" : "normal");
      one.put("interpolate", panel.type() == Type.STEPS ? "step-after" : "linear");
      one.put("drawLinesBetweenPoints", true).put("lineWidth", 2).put("showCircles", true);
      one.putObject("data").put("id", Integer.toString(i + 1)).put("label", panel.values().get(i));
    }
    params.put("addTooltip", true).put("addLegend", true).put("legendPosition", "right");
    params.putArray("times");
    params.put("addTimeMarker", false);
    params
        .putObject("thresholdLine")
        .put("show", false)
        .put("value", 10)
        .put("width", 1)
        .put("style", "full")
        .put("color", "#E7664C");
    params.putObject("labels");
    return params;
  }

  private static ObjectNode number() {
    ObjectNode params = JSON.objectNode().put("type", "metric");
    params.put("addTooltip", true).put("addLegend", false);
    ObjectNode metric = params.putObject("metric");
    metric.put("percentageMode", false).put("useRanges", false);
    metric.put("colorSchema", "Green to Red").put("metricColorMode", "None");
    metric.putArray("colorsRange").addObject().put("from", 0).put("to", 10_000);
    metric.putObject("labels").put("show", false);
    metric.put("invertColors", false);
    metric
        .putObject("style")
        .put("bgFill", "#000")
        .put("bgColor", false)
        .put("labelColor", false)
        .put("subText", "")
        .put("fontSize", 40);
    return params;
  }

  private static ObjectNode pie() {
    ObjectNode params = JSON.objectNode().put("type", "pie");
    params.put("addTooltip", true).put("addLegend", true).put("legendPosition", "right");
    params.put("isDonut", true);
    params
        .putObject("labels")
        .put("show", false)
        .put("values", true)
        .put("last_level", true)
        .put("truncate", 100);
    return params;
  }

  /** The panels' values that can be summed over nothing, for those who check. */
  static List<String> fields(Panel panel) {
    return panel.values().stream()
        .filter(value -> value.contains(" "))
        .map(value -> value.substring(value.indexOf(' ') + 1))
        .toList();
  }
}
