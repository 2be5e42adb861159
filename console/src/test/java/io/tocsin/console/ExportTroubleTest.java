package io.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.bootstrap.http.HttpServer;
import io.tocsin.bootstrap.http.Request;
import io.tocsin.bootstrap.http.Response;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exports from an OpenSearch that fails, and from one whose documents are large. */
class ExportTroubleTest {

  private static final int DOCUMENT_BYTES = 40_000;

  private final HttpServer openSearch = HttpServer.listen("127.0.0.1", 0);
  private final List<JsonNode> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> forgotten = Collections.synchronizedList(new ArrayList<>());
  private final RunningConsole console =
      new RunningConsole(
          "{ search-timeout: 60s }",
          KafkaSettings.of("127.0.0.1:1"),
          OpenSearchSettings.of(openSearch.uri()),
          Clock.systemUTC(),
          List::of);
  private int documents = 200;
  private int smallOnes;
  private int failAfter = Integer.MAX_VALUE;
  private String shards = "{\"failed\":0}";

  @BeforeEach
  void answer() {
    openSearch
        .route(
            "POST",
            "/tocsin-logs-*/_search/point_in_time",
            request -> json("{\"pit_id\":\"the-moment\"}"))
        .route("POST", "/_search", this::page)
        .route(
            "DELETE",
            "/_search/point_in_time",
            request -> {
              forgotten.add(new String(request.body(10_000), StandardCharsets.UTF_8));
              return json("{}");
            });
  }

  @AfterEach
  void stop() {
    console.close();
    openSearch.close();
  }

  private Response page(Request request) throws IOException {
    JsonNode body = RunningConsole.parse(new String(request.body(10_000), StandardCharsets.UTF_8));
    asked.add(body);
    if (asked.size() > failAfter) {
      return Response.of(400, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
    }
    int from = body.at("/search_after/0").asInt(0);
    StringBuilder hits = new StringBuilder();
    for (int i = from; i < Math.min(documents, from + body.get("size").asInt()); i++) {
      hits.append(hits.isEmpty() ? "" : ",")
          .append("{\"_id\":\"")
          .append(i)
          .append("\",\"_source\":{\"message\":\"")
          .append("x".repeat(i < smallOnes ? 10 : DOCUMENT_BYTES))
          .append("\"},\"sort\":[")
          .append(i + 1)
          .append(",null,1]}");
    }
    return json(
        "{\"_shards\":%s,\"hits\":{\"total\":{\"value\":%d},\"hits\":[%s]}}"
            .formatted(shards, documents, hits));
  }

  @Test
  void largeDocumentsComeInSmallPages() {
    // When
    HttpResponse<String> answer = console.get("/logs/export");

    // Then
    assertThat(answer.body().lines()).hasSize(200);
    assertThat(answer.headers().firstValue("X-Tocsin-Total")).hasValue("200");
    assertThat(asked.getFirst().get("size").asInt()).isEqualTo(20);
    assertThat(asked.stream().skip(1))
        .isNotEmpty()
        .allSatisfy(
            body -> assertThat(body.get("size").asInt() * DOCUMENT_BYTES).isLessThan(2_000_000));
    assertThat(asked).allMatch(body -> body.at("/pit/id").asText().equals("the-moment"));
    assertThat(forgotten).containsExactly("{\"pit_id\":[\"the-moment\"]}");
  }

  @Test
  void aPageThatDoesNotFitIntoMemoryIsAskedForInSmallerOnes() {
    // Given: after small documents a large page is asked for, of 40 MB
    documents = 1_020;
    smallOnes = 20;

    // When
    HttpResponse<String> answer = console.get("/logs/export");

    // Then
    assertThat(answer.body().lines().toList().getLast()).doesNotContain("error");
    assertThat(answer.body().lines()).hasSize(1_020);
    assertThat(asked.get(1).get("size").asInt()).isEqualTo(2_000);
    assertThat(asked.get(2).at("/search_after")).isEqualTo(asked.get(1).at("/search_after"));
    assertThat(asked.get(2).get("size").asInt()).isEqualTo(500);
  }

  @Test
  void whenOpensearchFailsMidwayTheLastLineSaysSo() {
    // Given
    failAfter = 2;

    // When
    HttpResponse<String> answer = console.get("/logs/export");

    // Then
    List<String> lines = answer.body().lines().toList();
    assertThat(lines.size()).isBetween(21, 199);
    assertThat(lines.getLast()).startsWith("{\"error\":\"broken off: OpenSearch at");
    assertThat(forgotten).hasSize(1);
  }

  @Test
  void anExportWithHolesIsRefused() {
    // Given
    shards = "{\"failed\":1}";

    // When
    HttpResponse<String> answer = console.get("/logs/export");

    // Then
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("a part of the index did not answer");
    assertThat(forgotten).hasSize(1);
  }

  private static Response json(String body) {
    return Response.json(body.getBytes(StandardCharsets.UTF_8));
  }
}
