package io.tocsin.agent.source.http.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.tocsin.event.EventCodec;
import io.tocsin.event.LogEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests to export logs, and what is answered to them. Thread-safe. */
public final class OtlpLogs {

  /** How bodies are written, of requests and of the answers to them. */
  public enum Encoding {
    PROTOBUF("application/x-protobuf"),
    JSON("application/json");

    private final String contentType;

    Encoding(String contentType) {
      this.contentType = contentType;
    }

    /** As it stands in the header. */
    public String contentType() {
      return contentType;
    }
  }

  private static final int STATUS_MESSAGE_FIELD = 2;

  private final RecordMapper mapper;

  /**
   * For one source.
   *
   * @param otherService of records whose resource has no {@code service.name}; null for {@code
   *     unknown_service}
   */
  public OtlpLogs(@Nullable String otherService) {
    this.mapper = new RecordMapper(otherService);
  }

  /**
   * Reads a request.
   *
   * @param receivedAt the time of records that have none
   * @throws UnreadableOtlpException when it is none at all
   */
  public OtlpBatch read(byte[] body, Encoding encoding, Instant receivedAt) {
    List<LogEvent> events = new ArrayList<>();
    List<String> problems = new ArrayList<>(0);
    switch (encoding) {
      case PROTOBUF -> ProtobufLogs.read(body, log -> events.add(mapper.event(log, receivedAt)));
      case JSON ->
          JsonLogs.read(
              body,
              log -> events.add(mapper.event(log, receivedAt)),
              bad -> problems.add(String.valueOf(bad.getMessage())));
    }
    return new OtlpBatch(events, problems.size(), problems.isEmpty() ? "" : problems.getFirst());
  }

  /** An ExportLogsServiceResponse. */
  public static byte[] success(OtlpBatch batch, Encoding encoding) {
    if (encoding == Encoding.JSON) {
      return EventCodec.encodeObject(
          batch.rejected() == 0
              ? Map.of()
              : Map.of(
                  "partialSuccess",
                  // Whole numbers of 64 bits are texts in protobuf's JSON.
                  Map.of(
                      "rejectedLogRecords",
                      Integer.toString(batch.rejected()),
                      "errorMessage",
                      batch.problem())));
    }
    ExportLogsServiceResponse.Builder response = ExportLogsServiceResponse.newBuilder();
    if (batch.rejected() > 0) {
      response.setPartialSuccess(
          ExportLogsPartialSuccess.newBuilder()
              .setRejectedLogRecords(batch.rejected())
              .setErrorMessage(batch.problem()));
    }
    return response.build().toByteArray();
  }

  /** A google.rpc.Status that says why a request failed. */
  public static byte[] failure(String why, Encoding encoding) {
    if (encoding == Encoding.JSON) {
      return EventCodec.encodeObject(Map.of("message", why));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(why.length() + 8);
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeByteArray(STATUS_MESSAGE_FIELD, why.getBytes(UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }
}
