package io.tocsin.agent.source.http.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a request in protobuf. */
final class ProtobufLogs {

  /** It came with OTLP 1.5; the classes at hand are older. */
  private static final int EVENT_NAME_FIELD = 12;

  private ProtobufLogs() {}

  static void read(byte[] body, Consumer<OtlpRecord> records) {
    ExportLogsServiceRequest request;
    try {
      request = ExportLogsServiceRequest.parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableOtlpException("the body is no ExportLogsServiceRequest in protobuf");
    }
    for (ResourceLogs resource : request.getResourceLogsList()) {
      Map<String, @Nullable Object> attributes = map(resource.getResource().getAttributesList());
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        for (LogRecord log : scope.getLogRecordsList()) {
          records.accept(record(attributes, scope.getScope().getName(), log));
        }
      }
    }
  }

  private static OtlpRecord record(
      Map<String, @Nullable Object> resource, String scope, LogRecord log) {
    return new OtlpRecord(
        resource,
        scope,
        log.getTimeUnixNano(),
        log.getObservedTimeUnixNano(),
        log.getSeverityNumberValue(),
        log.getSeverityText(),
        eventName(log),
        value(log.getBody()),
        map(log.getAttributesList()),
        hex(log.getTraceId(), 16),
        hex(log.getSpanId(), 8));
  }

  private static String eventName(LogRecord log) {
    List<ByteString> values =
        log.getUnknownFields().getField(EVENT_NAME_FIELD).getLengthDelimitedList();
    return values.isEmpty() ? "" : values.getLast().toStringUtf8();
  }

  private static Map<String, @Nullable Object> map(List<KeyValue> pairs) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    pairs.forEach(pair -> map.put(pair.getKey(), value(pair.getValue())));
    return map;
  }

  private static @Nullable Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> number(value.getDoubleValue());
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream().map(ProtobufLogs::value).toList();
      case KVLIST_VALUE -> map(value.getKvlistValue().getValuesList());
      case BYTES_VALUE -> Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
      case VALUE_NOT_SET -> null;
    };
  }

  /** JSON has no number for infinity. */
  private static Object number(double value) {
    return Double.isFinite(value) ? BigDecimal.valueOf(value) : Double.toString(value);
  }

  /** An id of another length is none (W3C Trace Context). */
  private static String hex(ByteString id, int bytes) {
    return id.size() == bytes ? HexFormat.of().formatHex(id.toByteArray()) : "";
  }
}
