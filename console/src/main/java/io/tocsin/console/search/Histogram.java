package io.tocsin.console.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.event.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many documents at which time.
 *
 * @param bars without gaps, oldest first
 * @param partial whether a part of the index did not answer, or not in time
 */
public record Histogram(List<Bar> bars, boolean partial) {

  private static final int VALUES = 10;

  /**
   * One stretch of time.
   *
   * @param start its first moment
   * @param count how many documents
   * @param by how many of each value, the most frequent ones; the rest is not named
   */
  public record Bar(Instant start, long count, Map<String, Long> by) {}

  static ObjectNode body(Scope scope, Instant since, Instant until, Duration step, String by) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("size", 0).put("track_total_hits", false).put("timeout", "8s");
    body.set("query", scope.query());
    ObjectNode bars = body.putObject("aggs").putObject("bars");
    ObjectNode over = bars.putObject("date_histogram");
    over.put("field", scope.timeField())
        .put("fixed_interval", step.toMillis() + "ms")
        .put("min_doc_count", 0);
    over.putObject("extended_bounds")
        .put("min", Timestamps.format(since))
        .put("max", Timestamps.format(until.minusMillis(1)));
    bars.putObject("aggs").putObject("by").putObject("terms").put("field", by).put("size", VALUES);
    return body;
  }

  static Histogram of(JsonNode answer) {
    List<Bar> bars = new ArrayList<>();
    for (JsonNode bucket : answer.at("/aggregations/bars/buckets")) {
      Map<String, Long> by = new LinkedHashMap<>();
      bucket
          .at("/by/buckets")
          .forEach(value -> by.put(value.path("key").asText(), value.path("doc_count").asLong()));
      bars.add(
          new Bar(
              Instant.ofEpochMilli(bucket.path("key").asLong()),
              bucket.path("doc_count").asLong(),
              by));
    }
    return new Histogram(bars, Search.isPartial(answer));
  }
}
