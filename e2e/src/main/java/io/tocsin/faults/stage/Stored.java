package io.tocsin.faults.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.BitSet;
import java.util.function.Consumer;

/** What is left in the index. */
public final class Stored {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /**
   * The numbered lines in the index.
   *
   * @param documents how many documents there are
   * @param numbers which lines they are
   */
  public record Lines(long documents, BitSet numbers) {}

  private Stored() {}

  /** How many lines there are. */
  public static long count(URI search) throws IOException, InterruptedException {
    post(search, "/tocsin-logs-*/_refresh", "");
    return post(search, "/tocsin-logs-*/_count", "{\"query\":{\"match\":{\"event\":\"line\"}}}")
        .path("count")
        .asLong();
  }

  /** Which lines there are. */
  public static Lines lines(URI search) throws IOException, InterruptedException {
    BitSet numbers = new BitSet();
    long documents = 0;
    JsonNode page =
        post(
            search,
            "/tocsin-logs-*/_search?scroll=1m",
            "{\"size\":5000,\"_source\":[\"message\"],\"query\":{\"match\":{\"event\":\"line\"}}}");
    while (!page.path("hits").path("hits").isEmpty()) {
      for (JsonNode hit : page.path("hits").path("hits")) {
        documents++;
        numbers.set(hit.path("_source").path("message").asInt());
      }
      String scroll = "{\"scroll\":\"1m\",\"scroll_id\":" + page.path("_scroll_id") + "}";
      page = post(search, "/_search/scroll", scroll);
    }
    return new Lines(documents, numbers);
  }

  /** Hands over the id of every document, and says how many there are. */
  public static long ids(URI search, String indices, Consumer<String> each)
      throws IOException, InterruptedException {
    post(search, "/" + indices + "/_refresh", "");
    long documents = 0;
    JsonNode page =
        post(
            search,
            "/" + indices + "/_search?scroll=2m",
            "{\"size\":10000,\"_source\":false,\"sort\":[\"_doc\"]}");
    while (!page.path("hits").path("hits").isEmpty()) {
      for (JsonNode hit : page.path("hits").path("hits")) {
        documents++;
        each.accept(hit.path("_id").asText());
      }
      String scroll = "{\"scroll\":\"2m\",\"scroll_id\":" + page.path("_scroll_id") + "}";
      page = post(search, "/_search/scroll", scroll);
    }
    if (page.has("error")) {
      throw new IOException("the node did not list its documents: " + page);
    }
    return documents;
  }

  private static JsonNode post(URI search, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(search.resolve(path))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return JSON.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}
