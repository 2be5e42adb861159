package io.tocsin.console.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.event.Timestamps;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question for the newest documents.
 *
 * @param index a name or a pattern
 * @param timeField which time counts, newest first
 * @param since not older than this
 * @param until older than this; null for no end
 * @param filters all of them must hold
 * @param limit at most so many, at least 1
 * @param after where the page before ended; null for the first page
 */
public record SearchRequest(
    String index,
    String timeField,
    Instant since,
    @Nullable Instant until,
    List<Filter> filters,
    int limit,
    @Nullable Cursor after) {

  /** The request's body. */
  ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("size", limit).put("track_total_hits", false).put("timeout", "8s");
    ArrayNode all = body.putObject("query").putObject("bool").putArray("filter");
    ObjectNode time = all.addObject().putObject("range").putObject(timeField);
    time.put("gte", Timestamps.format(since));
    if (until != null) {
      time.put("lt", Timestamps.format(until));
    }
    filters.forEach(filter -> all.add(filter.clause()));
    sort(body.putArray("sort"));
    if (after != null) {
      body.set("search_after", after.values());
    }
    return body;
  }

  /**
   * Documents of one millisecond keep the order in which they came; the id tells apart those that
   * came at the same place in two shards. A cursor holds these three.
   */
  private void sort(ArrayNode sort) {
    sort.addObject().putObject(timeField).put("order", "desc").put("unmapped_type", "date");
    sort.addObject().putObject("_seq_no").put("order", "desc").put("unmapped_type", "long");
    sort.addObject()
        .putObject("id")
        .put("order", "desc")
        .put("unmapped_type", "keyword")
        .put("missing", "");
  }
}
