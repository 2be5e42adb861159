package io.tocsin.agent.source.http;

import io.tocsin.agent.source.http.otlp.OtlpBatch;
import io.tocsin.agent.source.http.otlp.OtlpLogs;
import io.tocsin.agent.source.http.otlp.OtlpLogs.Encoding;
import io.tocsin.agent.source.http.otlp.UnreadableOtlpException;
import io.tocsin.bootstrap.http.HttpProblem;
import io.tocsin.bootstrap.http.Request;
import io.tocsin.bootstrap.http.Response;
import io.tocsin.event.LogEvent;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * OpenTelemetry's: OTLP/HTTP, answered with 200 and an ExportLogsServiceResponse, or with a Status
 * (OTLP specification 1.9, "OTLP/HTTP Response").
 */
final class OtlpDialect implements Dialect {

  static final String PATH = "/v1/logs";

  private record Records(OtlpBatch batch, Encoding encoding) implements Reading {

    @Override
    public List<LogEvent> events() {
      return batch.events();
    }

    @Override
    public Response taken() {
      return Response.of(200, encoding.contentType(), OtlpLogs.success(batch, encoding));
    }
  }

  private final OtlpLogs logs;

  OtlpDialect(HttpConfig config) {
    this.logs = new OtlpLogs(config.service());
  }

  @Override
  public boolean takesGzip() {
    return true;
  }

  @Override
  public Reading read(Request request, byte[] body, Instant receivedAt) {
    Encoding encoding =
        encoding(request)
            .orElseThrow(
                () ->
                    new HttpProblem(
                        415, "the body must be application/x-protobuf or application/json"));
    try {
      return new Records(logs.read(body, encoding, receivedAt), encoding);
    } catch (UnreadableOtlpException e) {
      throw new BadEventException(0, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Response refused(Request request, int status, String why) {
    Encoding encoding = encoding(request).orElse(Encoding.JSON);
    return Response.of(status, encoding.contentType(), OtlpLogs.failure(why, encoding));
  }

  @Override
  public Response bad(Request request, BadEventException e) {
    return refused(request, 400, String.valueOf(e.getMessage()));
  }

  /** What the request says that it is written in; the answer is written in the same. */
  private static Optional<Encoding> encoding(Request request) {
    String header = request.headers().getOrDefault("content-type", "");
    String type = header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    for (Encoding encoding : Encoding.values()) {
      if (encoding.contentType().equals(type)) {
        return Optional.of(encoding);
      }
    }
    return Optional.empty();
  }
}
