package io.tocsin.alerting.topology;

import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Severity;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.event.Timestamps;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that bears on a service's health, on its way to the shard that keeps it. */
sealed interface HealthNews {

  String service();

  /** When it came to be. */
  Instant at();

  /** The service showed a sign of life for the first time on some shard. */
  record Seen(String service, Instant at) implements HealthNews {}

  /** An alert that concerns the service fires. */
  record Fires(String service, Instant at, String fingerprint, Severity severity, String summary)
      implements HealthNews {}

  /** It does not any more. */
  record Resolves(String service, Instant at, String fingerprint) implements HealthNews {}

  /** What a transition means to a service it concerns. */
  static HealthNews of(Alert alert, String service) {
    return switch (alert.status()) {
      case FIRING ->
          new Fires(service, alert.at(), alert.fingerprint(), alert.severity(), alert.summary());
      case RESOLVED -> new Resolves(service, alert.at(), alert.fingerprint());
    };
  }

  /** As it travels and as it is kept. */
  default byte[] encode() {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("service", service());
    fields.put("at", Timestamps.format(at()));
    switch (this) {
      case Seen ignored -> fields.put("news", "seen");
      case Fires fires -> {
        fields.put("news", "fires");
        fields.put("fingerprint", fires.fingerprint());
        fields.put("severity", fires.severity().name());
        fields.put("summary", fires.summary());
      }
      case Resolves resolves -> {
        fields.put("news", "resolves");
        fields.put("fingerprint", resolves.fingerprint());
      }
    }
    return EventCodec.encodeObject(fields);
  }

  /** Reads what {@link #encode} wrote. */
  static HealthNews decode(byte[] json) {
    try {
      Map<String, @Nullable Object> fields = EventCodec.decodeObject(json);
      String service = text(fields, "service");
      Instant at = Timestamps.parse(text(fields, "at"));
      return switch (text(fields, "news")) {
        case "seen" -> new Seen(service, at);
        case "resolves" -> new Resolves(service, at, text(fields, "fingerprint"));
        default ->
            new Fires(
                service,
                at,
                text(fields, "fingerprint"),
                Severity.valueOf(text(fields, "severity")),
                text(fields, "summary"));
      };
    } catch (MalformedEventException e) {
      throw new IllegalStateException("health news that nobody here wrote", e);
    }
  }

  private static String text(Map<String, @Nullable Object> fields, String name) {
    return String.valueOf(fields.get(name));
  }
}
