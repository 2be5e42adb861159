package io.tocsin.console.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many documents of each value.
 *
 * @param total all of them, with those that lack the field
 * @param counts by value, the most frequent first
 * @param other how many have a value that is not named
 * @param partial whether a part of the index did not answer, or not in time
 */
public record Counts(long total, Map<String, Long> counts, long other, boolean partial) {

  static ObjectNode body(Scope scope, String by, int values) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("size", 0).put("track_total_hits", true).put("timeout", "8s");
    body.set("query", scope.query());
    body.putObject("aggs").putObject("by").putObject("terms").put("field", by).put("size", values);
    return body;
  }

  static Counts of(JsonNode answer) {
    Map<String, Long> counts = new LinkedHashMap<>();
    JsonNode by = answer.at("/aggregations/by");
    by.path("buckets")
        .forEach(value -> counts.put(value.path("key").asText(), value.path("doc_count").asLong()));
    return new Counts(
        answer.at("/hits/total/value").asLong(),
        counts,
        by.path("sum_other_doc_count").asLong(),
        Search.isPartial(answer));
  }
}
