package io.tocsin.console.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.prometheus.metrics.core.metrics.Counter;
import io.tocsin.bootstrap.http.HttpProblem;
import io.tocsin.bootstrap.http.HttpServer;
import io.tocsin.bootstrap.http.Request;
import io.tocsin.bootstrap.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Adds routes that check the Host header, carry the security headers and are counted. */
final class GuardedRoutes {

  /** Nothing from elsewhere, nothing inline, in nobody's frame. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private final HttpServer server;
  private final HostGuard hosts;
  private final Counter requests;

  GuardedRoutes(HttpServer server, HostGuard hosts, Counter requests) {
    this.server = server;
    this.hosts = hosts;
    this.requests = requests;
  }

  GuardedRoutes get(String path, HttpServer.Handler handler) {
    server.route("GET", path, request -> guarded(path, request, handler));
    return this;
  }

  /** A route that changes something: only for this page, and for programs that are no browser. */
  GuardedRoutes post(String path, HttpServer.Handler handler) {
    return changing("POST", path, handler);
  }

  /** As {@link #post}. */
  GuardedRoutes delete(String path, HttpServer.Handler handler) {
    return changing("DELETE", path, handler);
  }

  private GuardedRoutes changing(String method, String path, HttpServer.Handler handler) {
    server.route(
        method,
        path,
        request ->
            guarded(
                path,
                request,
                checked -> {
                  SameOrigin.require(checked);
                  return handler.handle(checked);
                }));
    return this;
  }

  private Response guarded(String route, Request request, HttpServer.Handler handler)
      throws IOException, InterruptedException {
    Response response = answer(request, handler);
    requests.labelValues(route, Integer.toString(response.status())).inc();
    return response
        .with("Content-Security-Policy", POLICY)
        .with("X-Content-Type-Options", "nosniff")
        .with("Referrer-Policy", "no-referrer")
        .with("Cross-Origin-Resource-Policy", "same-origin")
        .with("Vary", "Host");
  }

  private Response answer(Request request, HttpServer.Handler handler)
      throws IOException, InterruptedException {
    try {
      String host = request.headers().get("host");
      if (!hosts.answersTo(host)) {
        throw new HttpProblem(
            421, "the console does not answer to '" + host + "'; add that name to its hosts");
      }
      return handler.handle(request);
    } catch (HttpProblem e) {
      byte[] body =
          JsonNodeFactory.instance
              .objectNode()
              .put("error", e.getMessage())
              .toString()
              .getBytes(StandardCharsets.UTF_8);
      return Response.of(e.status(), "application/json", body).with("Cache-Control", "no-store");
    }
  }
}
