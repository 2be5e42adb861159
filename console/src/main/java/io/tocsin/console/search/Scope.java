package io.tocsin.console.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.event.Timestamps;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which documents a question is about.
 *
 * @param index a name or a pattern
 * @param timeField which time counts
 * @param since not older than this; null for no start
 * @param until older than this; null for no end
 * @param filters all of them must hold
 */
public record Scope(
    String index,
    String timeField,
    @Nullable Instant since,
    @Nullable Instant until,
    List<Filter> filters) {

  /** All log events that fulfil these. */
  static Scope logs(List<Filter> filters) {
    return new Scope("tocsin-logs-*", "ts", null, null, filters);
  }

  /** The same from the one time until before the other. */
  public Scope between(Instant start, Instant end) {
    return new Scope(index, timeField, start, end, filters);
  }

  ObjectNode query() {
    ObjectNode query = JsonNodeFactory.instance.objectNode();
    ArrayNode all = query.putObject("bool").putArray("filter");
    if (since != null || until != null) {
      ObjectNode time = all.addObject().putObject("range").putObject(timeField);
      if (since != null) {
        time.put("gte", Timestamps.format(since));
      }
      if (until != null) {
        time.put("lt", Timestamps.format(until));
      }
    }
    filters.forEach(filter -> all.add(filter.clause()));
    return query;
  }
}
