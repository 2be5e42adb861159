package io.tocsin.e2e;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.faults.stage.PlatformProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** What stands in OpenSearch, asked over its own REST API. */
final class Documents {

  static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final URI openSearch;

  Documents(URI openSearch) {
    this.openSearch = openSearch;
  }

  /** How many documents there are, after a refresh; 0 when no index has been made yet. */
  long count(String indices, String query) {
    try {
      PlatformProcess.get(openSearch, "/" + indices + "/_refresh?ignore_unavailable=true");
      HttpResponse<String> answer =
          PlatformProcess.get(
              openSearch, "/" + indices + "/_count?ignore_unavailable=true&q=" + query);
      return answer.statusCode() == 200 ? JSON.readTree(answer.body()).path("count").asLong() : 0;
    } catch (IOException | InterruptedException e) {
      return 0;
    }
  }

  /** All documents of the indices (at most 10,000) with their ids. */
  List<JsonNode> all(String indices) throws IOException, InterruptedException {
    PlatformProcess.get(openSearch, "/" + indices + "/_refresh");
    HttpResponse<String> answer =
        PlatformProcess.get(openSearch, "/" + indices + "/_search?size=10000");
    List<JsonNode> hits = new ArrayList<>();
    JSON.readTree(answer.body()).path("hits").path("hits").forEach(hits::add);
    return hits;
  }

  static List<JsonNode> sources(List<JsonNode> hits) {
    return hits.stream().map(hit -> hit.get("_source")).toList();
  }
}
