package io.tocsin.agent.source.http.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes an event of a log record of OpenTelemetry. */
final class RecordMapper {

  private static final String SERVICE = "service.name";
  private static final String EVENT = "event.name";
  private static final long NANOS = 1_000_000_000;

  private final String otherService;

  /** Of records whose resource has no name the service is this, or what OpenTelemetry says. */
  RecordMapper(@Nullable String otherService) {
    this.otherService = otherService == null ? "unknown_service" : otherService;
  }

  LogEvent event(OtlpRecord log, Instant receivedAt) {
    Map<String, @Nullable Object> meta = new LinkedHashMap<>(log.attributes());
    String event = log.eventName().isBlank() ? text(meta.remove(EVENT)) : log.eventName();
    Map<String, @Nullable Object> resource = new LinkedHashMap<>(log.resource());
    String service = text(resource.remove(SERVICE));
    putUnlessEmpty(meta, "trace_id", log.traceId());
    putUnlessEmpty(meta, "span_id", log.spanId());
    putUnlessEmpty(meta, "severity_text", log.severityText());
    putUnlessEmpty(meta, "scope", log.scope());
    if (!resource.isEmpty()) {
      meta.put("resource", resource);
    }
    return LogEvent.of(
        time(log, receivedAt),
        service.isBlank() ? otherService : service,
        level(log),
        event.isBlank() ? "log" : event,
        text(log.body()),
        meta);
  }

  private static void putUnlessEmpty(Map<String, @Nullable Object> meta, String name, String text) {
    if (!text.isEmpty()) {
      meta.put(name, text);
    }
  }

  private static Instant time(OtlpRecord log, Instant receivedAt) {
    long nanos = log.timeNanos() == 0 ? log.observedNanos() : log.timeNanos();
    return nanos == 0
        ? receivedAt
        : Instant.ofEpochSecond(
            Long.divideUnsigned(nanos, NANOS), Long.remainderUnsigned(nanos, NANOS));
  }

  /** The ranges of SeverityNumber; without one, what the text says. */
  private static Level level(OtlpRecord log) {
    int severity = log.severity();
    if (severity <= 0) {
      return Level.of(log.severityText()).orElse(Level.INFO);
    } else if (severity <= 8) {
      return Level.DEBUG;
    } else if (severity <= 12) {
      return Level.INFO;
    } else if (severity <= 16) {
      return Level.WARNING;
    }
    return severity <= 20 ? Level.ERROR : Level.CRITICAL;
  }

  @SuppressWarnings("unchecked")
  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case String text -> text;
      case Map<?, ?> map -> json((Map<String, @Nullable Object>) map);
      case List<?> list -> {
        String wrapped = json(Map.of("", list));
        yield wrapped.substring("{\"\":".length(), wrapped.length() - 1);
      }
      default -> value.toString();
    };
  }

  private static String json(Map<String, ? extends @Nullable Object> map) {
    return new String(EventCodec.encodeObject(map), UTF_8);
  }
}
