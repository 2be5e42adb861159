package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.http.HttpServer;
import io.tocsin.bootstrap.http.Request;
import io.tocsin.bootstrap.http.Response;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console's answers are those that its own tests pin. */
class LogsCommandTest {

  private final HttpServer console = HttpServer.listen("127.0.0.1", 0);
  private final List<Request> asked = new ArrayList<>();

  @AfterEach
  void stop() {
    console.close();
  }

  private void answers(String path, Response response) {
    console.route(
        "GET",
        path,
        request -> {
          asked.add(request);
          return response;
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void searchShowsTheNewestLastALineEach() {
    // Given
    answers(
        "/logs/recent",
        Response.json(
            bytes(
                """
                {"events":[{"ts":"2025-12-10T10:00:02.000Z","service":"api","level":"ERROR","event":"down","message":"a\\nb"},
                 {"ts":"2025-12-10T10:00:01.000Z","service":"api","level":"INFO","event":"up","message":"c"}],"next":"x"}
                """)));

    // When
    Invocation run =
        Invocation.of(
            "logs",
            "search",
            "two words",
            "&more",
            "--console",
            console.uri().toString(),
            "--service",
            "api",
            "--since",
            "2h");

    // Then
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            2025-12-10T10:00:01.000Z  INFO  api  up  c
            2025-12-10T10:00:02.000Z  ERROR  api  down  a b
            """);
    assertThat(run.err()).contains("the newest 2");
    assertThat(asked.getFirst().query())
        .containsOnly(
            java.util.Map.entry("q", "two words &more"),
            java.util.Map.entry("limit", "50"),
            java.util.Map.entry("service", "api"),
            java.util.Map.entry("since", "2h"));
  }

  @Test
  void whatTheConsoleRefusesIsSaidAsItSaysIt() {
    // Given
    answers(
        "/logs/recent",
        Response.of(400, "application/json", bytes("{\"error\":\"level: 'LOUD' must be one\"}")));

    // When
    Invocation run =
        Invocation.of("logs", "search", "--console", console.uri().toString(), "--level", "LOUD");

    // Then
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("level: 'LOUD' must be one");
  }

  @Test
  void whereThereIsNoConsoleThatIsSaidWithARemedy() {
    // When
    Invocation run = Invocation.of("logs", "export", "--console", "http://127.0.0.1:1");

    // Then
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("http://127.0.0.1:1/ cannot be reached", "--console");
  }

  @Test
  void anExportIsWrittenAsItComes(@TempDir Path folder) throws Exception {
    // Given
    answers(
        "/logs/export",
        Response.of(200, "application/x-ndjson", bytes("{\"a\":1}\n{\"b\":2}\n"))
            .with("X-Tocsin-Total", "2"));
    Path file = folder.resolve("all.ndjson");

    // When
    Invocation run =
        Invocation.of(
            "logs", "export", "--console", console.uri().toString(), "--file", file.toString());

    // Then
    assertThat(run.status()).isZero();
    assertThat(file).hasContent("{\"a\":1}\n{\"b\":2}\n");
    assertThat(run.err()).contains("exported 2 events");
  }

  @Test
  void anExportThatBreaksOffFails() {
    // Given
    answers(
        "/logs/export",
        Response.of(
                200,
                "application/x-ndjson",
                bytes("{\"a\":1}\n{\"error\":\"broken off: OpenSearch went away\"}\n"))
            .with("X-Tocsin-Total", "2"));

    // When
    Invocation run = Invocation.of("logs", "export", "--console", console.uri().toString());

    // Then
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEqualTo("{\"a\":1}\n");
    assertThat(run.err()).contains("broke off after 1 of 2");
  }
}
