package io.tocsin.console.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All documents of a scope as they were at one moment, oldest first, a page at a time. What is
 * written, overwritten or deleted meanwhile changes nothing. Holds a page in memory, of about
 * {@value #PAGE_BYTES} bytes or a single document if that is larger. For one thread.
 */
public final class Export implements AutoCloseable {

  private static final int PAGE_BYTES = 2_000_000;
  private static final int FIRST_PAGE = 20;
  private static final int LARGEST_PAGE = 2_000;

  /** How long a client may pause before the moment is given up. */
  private static final String KEEP_ALIVE = "5m";

  private final SearchCluster cluster;
  private final Scope scope;
  private String point;
  private @Nullable Cursor after;
  private List<ObjectNode> page = List.of();
  private int size = FIRST_PAGE;
  private long total;
  private boolean last;

  Export(SearchCluster cluster, Scope scope, String point) {
    this.cluster = cluster;
    this.scope = scope;
    this.point = point;
  }

  /** How many documents there are in all. Known once the first page was asked for. */
  public long total() {
    return total;
  }

  /**
   * The next documents; none at the end.
   *
   * @throws SearchUnavailableException when a part of the index does not answer: an export with
   *     holes would look like a whole one
   */
  public List<ObjectNode> next() throws SearchUnavailableException, InterruptedException {
    if (last) {
      return List.of();
    }
    byte[] bytes = page();
    JsonNode answer = Search.parse(bytes);
    if (Search.isPartial(answer)) {
      throw new SearchUnavailableException("a part of the index did not answer");
    }
    if (after == null) {
      total = answer.at("/hits/total/value").asLong();
    }
    point = answer.path("pit_id").asText(point);
    JsonNode hits = answer.at("/hits/hits");
    page = Search.documents(hits);
    last = page.size() < size;
    if (!page.isEmpty()) {
      after = new Cursor((ArrayNode) hits.get(hits.size() - 1).path("sort"));
      int each = Math.max(1, bytes.length / page.size());
      size = Math.clamp(PAGE_BYTES / each, 1, LARGEST_PAGE);
    }
    return page;
  }

  /** What was small on the page before may be large on this one. */
  private byte[] page() throws SearchUnavailableException, InterruptedException {
    while (true) {
      try {
        return cluster.search("", body());
      } catch (AnswerTooLargeException e) {
        if (size == 1) {
          throw e;
        }
        size = Math.max(1, size / 4);
      }
    }
  }

  private ObjectNode body() {
    ObjectNode body = new SearchRequest(scope, Order.ASC, size, after).body();
    body.put("track_total_hits", after == null);
    body.putObject("pit").put("id", point).put("keep_alive", KEEP_ALIVE);
    return body;
  }

  static String keepAlive() {
    return KEEP_ALIVE;
  }

  /** Lets the moment go. */
  @Override
  public void close() {
    last = true;
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("pit_id").add(point);
    cluster.forget("/_search/point_in_time", body);
  }
}
