package io.tocsin.bootstrap.http;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Readiness;
import io.tocsin.bootstrap.Service;
import java.util.Collection;
import java.util.function.Supplier;

/** What every process answers: {@code /healthz}, {@code /readyz} and {@code /metrics}. */
public final class OpsRoutes {

  private OpsRoutes() {}

  /**
   * Adds the three. {@code /healthz} says that the process lives; {@code /readyz} is 200 when every
   * service is ready, else 503, with a line for each.
   */
  public static void addTo(
      HttpServer server,
      Metrics metrics,
      Supplier<? extends Collection<? extends Service>> services) {
    server.route("GET", "/healthz", request -> Response.text(200, "ok\n"));
    server.route("GET", "/readyz", request -> readyz(services.get()));
    server.route(
        "GET",
        "/metrics",
        request -> Response.of(200, "text/plain; version=0.0.4; charset=utf-8", metrics.text()));
  }

  private static Response readyz(Collection<? extends Service> services) {
    StringBuilder text = new StringBuilder();
    boolean ready = !services.isEmpty();
    for (Service service : services) {
      Readiness readiness = service.readiness();
      ready &= readiness.ready();
      text.append(service.name()).append(": ").append(readiness.detail()).append('\n');
    }
    return Response.text(ready ? 200 : 503, text.isEmpty() ? "starting\n" : text.toString());
  }
}
