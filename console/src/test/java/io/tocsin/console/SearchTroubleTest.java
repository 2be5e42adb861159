package io.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.bootstrap.config.Secret;
import io.tocsin.bootstrap.http.HttpServer;
import io.tocsin.bootstrap.http.Response;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTroubleTest {

  private static final KafkaSettings NO_KAFKA = KafkaSettings.of("127.0.0.1:1");

  @Test
  void whileOpensearchIsAwaySearchesSaySoAndThePageStillComes() {
    // Given
    OpenSearchSettings away = OpenSearchSettings.of(URI.create("http://127.0.0.1:1"));
    try (RunningConsole console = console(away)) {
      // When
      HttpResponse<String> answer = console.get("/logs/recent");

      // Then
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body())
          .isEqualTo("{\"error\":\"OpenSearch at http://127.0.0.1:1 cannot be reached\"}");
      assertThat(console.get("/").statusCode()).isEqualTo(200);
      assertThat(
              console.metric(
                  "tocsin_console_requests_total{route=\"/logs/recent\",status=\"503\"}"))
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"error\":{\"root_cause\":[{\"reason\":\"a closed index\"}]}} | refused the search: 400 a closed index",
        "404 | {\"error\":\"gone\"}     | refused the search: 404",
        "429 | {}                       | answered 429",
        "500 | {}                       | answered 500",
        "401 | Unauthorized             | answered 401",
        "503 | {}                       | answered 503",
        "200 | <html>a proxy</html>     | answered with something that is no JSON",
      })
  void anAnswerThatIsNoneBecomesAPlainReason(int status, String body, String reason) {
    // Given
    try (HttpServer broken = HttpServer.listen("127.0.0.1", 0);
        RunningConsole console = console(OpenSearchSettings.of(broken.uri()))) {
      broken.route(
          "POST",
          "/tocsin-logs-*/_search",
          request ->
              Response.of(status, "application/json", body.getBytes(StandardCharsets.UTF_8)));

      // When
      HttpResponse<String> answer = console.get("/logs/recent");

      // Then
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(RunningConsole.parse(answer.body()).get("error").asText()).contains(reason);
    }
  }

  @Test
  void credentialsAndHeadersGoToOpensearchAndNowhereElse() {
    // Given
    AtomicReference<Map<String, String>> seen = new AtomicReference<>(Map.of());
    try (HttpServer secured = HttpServer.listen("127.0.0.1", 0)) {
      secured.route(
          "POST",
          "/tocsin-logs-*/_search",
          request -> {
            seen.set(request.headers());
            return Response.of(403, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
          });
      OpenSearchSettings settings =
          new OpenSearchSettings(
              List.of(secured.uri()),
              "reader",
              Secret.of("planted-password", "test"),
              null,
              Map.of("X-Api-Key", Secret.of("planted-key", "test")));
      try (RunningConsole console = console(settings)) {
        // When
        HttpResponse<String> answer = console.get("/logs/recent");

        // Then
        assertThat(seen.get()).containsEntry("x-api-key", "planted-key");
        assertThat(seen.get()).containsKey("authorization");
        assertThat(answer.body()).doesNotContain("planted");
      }
    }
  }

  private static RunningConsole console(OpenSearchSettings openSearch) {
    return new RunningConsole("{}", NO_KAFKA, openSearch, Clock.systemUTC(), List::of);
  }
}
