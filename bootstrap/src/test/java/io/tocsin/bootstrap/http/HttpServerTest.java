package io.tocsin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Readiness;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.UserError;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {

  private final HttpServer server = HttpServer.listen("127.0.0.1", 0);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void routesBindPathPartsAndQueries() throws Exception {
    // Given
    server.route(
        "GET",
        "/alerts/{id}/ack",
        request -> Response.text(200, request.parts().get("id") + " " + request.query().get("by")));
    // When
    HttpResponse<String> answer = get("/alerts/a%20b/ack?by=M%C3%BCge+K");
    // Then
    assertThat(answer.body()).isEqualTo("a b Müge K");
  }

  @Test
  void errorsAreJsonAndTellNothingOfTheInside() throws Exception {
    // Given
    server.route(
        "GET",
        "/bad",
        request -> {
          throw new HttpProblem(400, "since: 'x\"' is no time");
        });
    server.route(
        "GET",
        "/broken",
        request -> {
          throw new IllegalStateException("password");
        });
    // When, then
    assertThat(get("/bad").body()).isEqualTo("{\"error\":\"since: 'x\\\"' is no time\"}");
    assertThat(get("/bad").statusCode()).isEqualTo(400);
    assertThat(get("/broken").statusCode()).isEqualTo(500);
    assertThat(get("/broken").body()).doesNotContain("password");
    assertThat(get("/nowhere").statusCode()).isEqualTo(404);
    assertThat(send("POST", "/bad", "").statusCode()).isEqualTo(405);
  }

  @Test
  void aBodyOverItsBoundIsRefused() throws Exception {
    server.route("POST", "/in", request -> Response.text(200, "" + request.body(4).length));
    assertThat(send("POST", "/in", "1234").body()).isEqualTo("4");
    assertThat(send("POST", "/in", "12345").statusCode()).isEqualTo(413);
  }

  @Test
  void readinessIsThatOfEveryService() throws Exception {
    // Given
    AtomicBoolean ready = new AtomicBoolean();
    Metrics metrics = new Metrics();
    metrics.counter("tocsin_test_things", "Things.", "kind").labelValues("a").inc();
    OpsRoutes.addTo(server, metrics, () -> List.of(service(ready)));
    // When, then
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).isEqualTo("thing: waiting for a friend\n");
    ready.set(true);
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    assertThat(get("/healthz").body()).isEqualTo("ok\n");
    assertThat(get("/metrics").body()).contains("tocsin_test_things_total{kind=\"a\"} 1.0");
  }

  @Test
  void aTakenPortIsOneClearLine() {
    assertThatThrownBy(() -> HttpServer.listen("127.0.0.1", server.uri().getPort()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot listen on 127.0.0.1:" + server.uri().getPort());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, "");
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.uri() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static Service service(AtomicBoolean ready) {
    return new Service() {
      @Override
      public String name() {
        return "thing";
      }

      @Override
      public void start() {}

      @Override
      public Readiness readiness() {
        return ready.get() ? Readiness.ok() : Readiness.waitingFor("a friend");
      }

      @Override
      public void close() {}
    };
  }
}
