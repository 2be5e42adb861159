package io.tocsin.alerting.engine;

import io.tocsin.event.LogEvent;
import io.tocsin.event.Telemetry;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A decoded record's fields by name. Rules ask for a few of them, so no map is made of them all.
 * Immutable.
 */
abstract class SchemaFields extends AbstractMap<String, @Nullable Object> {

  private final List<String> names;

  private SchemaFields(List<String> names) {
    this.names = names;
  }

  /** The value of a field, null where the record has none. */
  abstract @Nullable Object value(String name);

  @Override
  public @Nullable Object get(@Nullable Object key) {
    return key instanceof String name ? value(name) : null;
  }

  @Override
  @SuppressWarnings("SuspiciousMethodCalls") // any key may be asked for
  public boolean containsKey(@Nullable Object key) {
    return key != null && names.contains(key);
  }

  @Override
  public int size() {
    return names.size();
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    names.forEach(name -> all.put(name, value(name)));
    return all.entrySet();
  }

  /** Those of a log event. */
  static final class OfLog extends SchemaFields {

    private static final List<String> NAMES =
        List.of("ts", "service", "level", "event", "message", "meta", "host", "source", "id");

    private final LogEvent event;

    OfLog(LogEvent event) {
      super(NAMES);
      this.event = event;
    }

    @Override
    @Nullable Object value(String name) {
      return switch (name) {
        case "ts" -> event.ts();
        case "service" -> event.service();
        case "level" -> event.level();
        case "event" -> event.event();
        case "message" -> event.message();
        case "meta" -> event.meta();
        case "host" -> event.host();
        case "source" -> event.source();
        case "id" -> event.id();
        default -> null;
      };
    }
  }

  /** Those of a measurement. */
  static final class OfTelemetry extends SchemaFields {

    private static final List<String> NAMES =
        List.of("ts", "service", "device", "kind", "values", "meta", "host", "id");

    private final Telemetry telemetry;

    OfTelemetry(Telemetry telemetry) {
      super(NAMES);
      this.telemetry = telemetry;
    }

    @Override
    @Nullable Object value(String name) {
      return switch (name) {
        case "ts" -> telemetry.ts();
        case "service" -> telemetry.service();
        case "device" -> telemetry.device();
        case "kind" -> telemetry.kind();
        case "values" -> telemetry.values();
        case "meta" -> telemetry.meta();
        case "host" -> telemetry.host();
        case "id" -> telemetry.id();
        default -> null;
      };
    }
  }
}
