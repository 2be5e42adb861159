package io.tocsin.agent.source.http.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.tocsin.event.EventCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request in JSON: protobuf's mapping, but for ids, which are hexadecimal (OTLP, "JSON
 * Protobuf Encoding"). Whole numbers of 64 bits may be texts; fields that are not known are passed
 * over.
 */
final class JsonLogs {

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(EventCodec.MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");

  private JsonLogs() {}

  /** Tells of every record, and of every one that is none. */
  static void read(byte[] body, Consumer<OtlpRecord> records, Consumer<BadRecordException> bad) {
    JsonNode request = tree(body);
    for (JsonNode resource : request.path("resourceLogs")) {
      Map<String, @Nullable Object> attributes = map(resource.path("resource").path("attributes"));
      for (JsonNode scope : resource.path("scopeLogs")) {
        for (JsonNode log : scope.path("logRecords")) {
          try {
            records.accept(record(attributes, scope.path("scope").path("name").asText(), log));
          } catch (BadRecordException e) {
            bad.accept(e);
          }
        }
      }
    }
  }

  private static JsonNode tree(byte[] body) {
    try {
      JsonNode tree = MAPPER.readTree(body);
      if (tree != null && tree.isObject() && lists(tree.path("resourceLogs"))) {
        return tree;
      }
    } catch (NumberFormatException e) {
      throw new UnreadableOtlpException("the body has a number out of range");
    } catch (IOException e) {
      throw new UnreadableOtlpException("the body is no JSON");
    }
    throw new UnreadableOtlpException("the body is no ExportLogsServiceRequest in JSON");
  }

  private static boolean lists(JsonNode node) {
    return node.isMissingNode() || node.isNull() || node.isArray();
  }

  private static OtlpRecord record(
      Map<String, @Nullable Object> resource, String scope, JsonNode log) {
    if (!log.isObject()) {
      throw new BadRecordException("a log record is no JSON object");
    }
    return new OtlpRecord(
        resource,
        scope,
        whole(log, "timeUnixNano"),
        whole(log, "observedTimeUnixNano"),
        severity(log.path("severityNumber")),
        log.path("severityText").asText(),
        log.path("eventName").asText(),
        value(log.path("body")),
        map(log.path("attributes")),
        id(log.path("traceId").asText(), 32),
        id(log.path("spanId").asText(), 16));
  }

  private static int severity(JsonNode node) {
    if (node.isTextual()) {
      try {
        return SeverityNumber.valueOf(node.asText()).getNumber();
      } catch (IllegalArgumentException e) {
        throw new BadRecordException("severityNumber is unknown");
      }
    }
    if (!node.isMissingNode() && !node.isNull() && !node.canConvertToInt()) {
      throw new BadRecordException("severityNumber is no whole number");
    }
    return node.asInt();
  }

  private static long whole(JsonNode parent, String name) {
    JsonNode node = parent.path(name);
    try {
      return node.isMissingNode() || node.isNull() ? 0 : Long.parseUnsignedLong(node.asText());
    } catch (NumberFormatException e) {
      throw new BadRecordException(name + " is no count of nanoseconds");
    }
  }

  private static Map<String, @Nullable Object> map(JsonNode pairs) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (JsonNode pair : pairs) {
      map.put(pair.path("key").asText(), value(pair.path("value")));
    }
    return map;
  }

  private static @Nullable Object value(JsonNode value) {
    if (!value.isObject() || value.isEmpty()) {
      return null;
    }
    String kind = value.fieldNames().next();
    JsonNode content = value.path(kind);
    return switch (kind) {
      case "boolValue" -> content.asBoolean();
      case "intValue" -> integer(content);
      case "doubleValue" -> content.isNumber() ? content.decimalValue() : content.asText();
      case "arrayValue" -> list(content.path("values"));
      case "kvlistValue" -> map(content.path("values"));
      default -> content.asText();
    };
  }

  private static List<@Nullable Object> list(JsonNode values) {
    List<@Nullable Object> list = new ArrayList<>();
    values.forEach(value -> list.add(value(value)));
    return list;
  }

  private static Object integer(JsonNode content) {
    try {
      return Long.parseLong(content.asText());
    } catch (NumberFormatException e) {
      throw new BadRecordException("an intValue is no whole number of 64 bits");
    }
  }

  private static String id(String text, int digits) {
    boolean good = text.length() == digits && HEX.matcher(text).matches();
    return good ? text.toLowerCase(Locale.ROOT) : "";
  }
}
