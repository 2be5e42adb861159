package io.tocsin.console.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
    byte[] body = request.body().toString().getBytes(StandardCharsets.UTF_8);
    JsonNode answer = parse(cluster.search(request.index(), body));
    List<ObjectNode> documents = new ArrayList<>();
    JsonNode hits = answer.path("hits").path("hits");
    for (JsonNode hit : hits) {
      documents.add(document(hit));
    }
    return new SearchPage(documents, next(request, hits));
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

  private static JsonNode parse(byte[] json) throws SearchUnavailableException {
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
