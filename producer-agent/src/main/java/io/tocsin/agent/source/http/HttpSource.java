package io.tocsin.agent.source.http;

import io.tocsin.agent.source.BatchSink;
import io.tocsin.agent.source.Source;
import io.tocsin.agent.source.SourceStatus;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.http.HttpServer;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Takes events that programs and browsers send: answers 202 when every event of a request is on the
 * disk, and takes all of them or none. Thread-safe.
 */
public final class HttpSource implements Source {

  private final HttpConfig config;
  private final HttpServer server;
  private final boolean own;
  private final Ingest ingest;

  /**
   * A source that listens already, if at a port of its own, but answers nothing yet.
   *
   * @param shared the process's own server, for a source without a port; null for none
   * @throws UserError when its port is taken, or it has none and there is no other server
   */
  public HttpSource(
      HttpConfig config,
      BatchSink sink,
      @Nullable HttpServer shared,
      InstantSource clock,
      Metrics metrics) {
    this.config = config;
    this.ingest = new Ingest(config, sink, clock, System::nanoTime, metrics);
    this.own = config.port() != null;
    if (config.port() != null) {
      this.server = HttpServer.listen(config.host(), config.port());
    } else if (shared != null) {
      this.server = shared;
    } else {
      throw new UserError(
          "the source " + config.name() + " has no port to listen on", "give it one: port: 8082");
    }
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public void start() {
    BrowserScript script = new BrowserScript(config);
    route(config.path(), new JsonDialect(config));
    if (config.otlp()) {
      route(OtlpDialect.PATH, new OtlpDialect(config));
    }
    server.route("GET", BrowserScript.PATH, request -> script.response());
  }

  private void route(String path, Dialect dialect) {
    server.route("POST", path, request -> ingest.post(request, dialect));
    server.route("OPTIONS", path, request -> ingest.preflight(request, dialect));
  }

  @Override
  public SourceStatus status() {
    return new SourceStatus(true, "takes events at " + address(), ingest.taken());
  }

  /** Where events are posted to. */
  String address() {
    return server.uri() + config.path();
  }

  @Override
  public void close() {
    try {
      ingest.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (own) {
      server.close();
    } else {
      removeRoute(config.path());
      if (config.otlp()) {
        removeRoute(OtlpDialect.PATH);
      }
      server.removeRoute("GET", BrowserScript.PATH);
    }
  }

  private void removeRoute(String path) {
    server.removeRoute("POST", path);
    server.removeRoute("OPTIONS", path);
  }
}
