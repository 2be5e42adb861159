package io.tocsin.agent.source.http;

import io.tocsin.bootstrap.http.Request;
import io.tocsin.bootstrap.http.Response;
import io.tocsin.event.EventCodec;
import io.tocsin.event.LogEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Tocsin's own: events as JSON objects, answered with 202. */
final class JsonDialect implements Dialect {

  private record Events(List<LogEvent> events) implements Reading {
    @Override
    public Response taken() {
      return json(202, Map.of("accepted", events.size()));
    }
  }

  private final EventBatch batch;

  JsonDialect(HttpConfig config) {
    this.batch = new EventBatch(config);
  }

  @Override
  public boolean takesGzip() {
    return false;
  }

  @Override
  public Reading read(Request request, byte[] body, Instant receivedAt) {
    return new Events(batch.read(body, receivedAt));
  }

  @Override
  public Response refused(Request request, int status, String why) {
    return json(status, Map.of("error", why));
  }

  @Override
  public Response bad(Request request, BadEventException e) {
    String problem = String.valueOf(e.getMessage());
    return json(
        400,
        Map.of(
            "error",
            "event " + e.index() + ": " + problem + "; nothing was taken",
            "index",
            e.index(),
            "problem",
            problem));
  }

  private static Response json(int status, Map<String, Object> body) {
    return Response.of(status, "application/json", EventCodec.encodeObject(body));
  }
}
