package io.tocsin.console.search;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A question for documents, a page at a time.
 *
 * @param scope which
 * @param order in which order
 * @param limit at most so many, at least 1
 * @param after where the page before ended; null for the first page
 */
public record SearchRequest(Scope scope, Order order, int limit, @Nullable Cursor after) {

  /** The request's body. */
  ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("size", limit).put("track_total_hits", false).put("timeout", "8s");
    body.set("query", scope.query());
    body.set("sort", order.by(scope.timeField()));
    if (after != null) {
      body.set("search_after", after.values());
    }
    return body;
  }
}
