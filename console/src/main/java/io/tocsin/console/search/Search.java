package io.tocsin.console.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks OpenSearch. Opening it does no input or output. Thread-safe. */
public final class Search implements AutoCloseable {

  /** A meter's 3920.10 comes out as it went in. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final SearchCluster cluster;

  /** The cluster behind these settings; waits for an answer at most {@code timeout}. */
  public Search(OpenSearchSettings settings, Duration timeout) {
    this.cluster = new SearchCluster(settings, timeout);
  }

  /**
   * Finds documents. An index that does not exist (yet) holds none.
   *
   * @throws SearchUnavailableException when the cluster gives no answer
   */
  public SearchPage find(SearchRequest request)
      throws SearchUnavailableException, InterruptedException {
    JsonNode answer = parse(cluster.search(request.scope().index(), request.body()));
    JsonNode hits = answer.path("hits").path("hits");
    return new SearchPage(documents(hits), next(request, hits), isPartial(answer));
  }

  /**
   * Counts documents over time. {@code since} and {@code until} are where the bars begin and end.
   *
   * @param by the field whose values are counted in each bar
   */
  public Histogram histogram(Scope scope, Instant since, Instant until, Duration step, String by)
      throws SearchUnavailableException, InterruptedException {
    return Histogram.of(
        parse(cluster.search(scope.index(), Histogram.body(scope, since, until, step, by))));
  }

  /** Counts documents by the values of a field, the most frequent {@code values} of them. */
  public Counts counts(Scope scope, String by, int values)
      throws SearchUnavailableException, InterruptedException {
    return Counts.of(parse(cluster.search(scope.index(), Counts.body(scope, by, values))));
  }

  /** The log event of this id and what stands around it; empty when there is none. */
  public Optional<Surroundings> around(String id, int before, int after)
      throws SearchUnavailableException, InterruptedException {
    return new Neighbours(this).of(id, before, after);
  }

  /** Holds the index as it is now, to be read in full. The caller closes it. */
  public Export export(Scope scope) throws SearchUnavailableException, InterruptedException {
    JsonNode answer = parse(cluster.hold(scope.index(), Export.keepAlive()));
    return new Export(cluster, scope, answer.path("pit_id").asText());
  }

  List<ObjectNode> byId(Scope scope, String order, int limit)
      throws SearchUnavailableException, InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("size", limit).put("track_total_hits", false).put("timeout", "8s");
    body.set("query", scope.query());
    body.putArray("sort")
        .addObject()
        .putObject("id")
        .put("order", order)
        .put("unmapped_type", "keyword");
    return documents(parse(cluster.search(scope.index(), body)).path("hits").path("hits"));
  }

  /** Whether a part of the index did not answer, or not in time. */
  static boolean isPartial(JsonNode answer) {
    return answer.path("timed_out").asBoolean() || answer.at("/_shards/failed").asInt() > 0;
  }

  static List<ObjectNode> documents(JsonNode hits) {
    List<ObjectNode> documents = new ArrayList<>();
    for (JsonNode hit : hits) {
      documents.add(document(hit));
    }
    return documents;
  }

  /** Records of foreign producers carry no id; the one they are indexed under stands in. */
  private static ObjectNode document(JsonNode hit) {
    ObjectNode document = hit.path("_source").deepCopy();
    if (!document.has("id")) {
      document.set("id", hit.path("_id"));
    }
    return document;
  }

  private static Optional<Cursor> next(SearchRequest request, JsonNode hits) {
    if (hits.size() < request.limit()) {
      return Optional.empty();
    }
    JsonNode sort = hits.get(hits.size() - 1).path("sort");
    return sort instanceof ArrayNode values ? Optional.of(new Cursor(values)) : Optional.empty();
  }

  static JsonNode parse(byte[] json) throws SearchUnavailableException {
    try {
      return JSON.readTree(new String(json, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new SearchUnavailableException("OpenSearch answered with something that is no JSON");
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
