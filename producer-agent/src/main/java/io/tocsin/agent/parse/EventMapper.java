package io.tocsin.agent.parse;

import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event of named fields: looks for the six of the schema under the names that programs
 * give them. Not thread-safe, as {@link LineParser} is not.
 */
public final class EventMapper {

  /** Digits before or behind the point; a time has fewer. */
  private static final int LONGEST_NUMBER = 100;

  /** What is done about a value that cannot be read. May throw, to refuse the event. */
  public interface Doubts {

    /**
     * There is no time, or none that can be read.
     *
     * @param raw what stands there; null for nothing
     */
    void ts(@Nullable String raw, Map<String, @Nullable Object> meta);

    /** There is a level that nobody knows. */
    void level(String raw, Map<String, @Nullable Object> meta);
  }

  private final String otherService;
  private final EventTimes times;
  private final Doubts doubts;
  private final List<String> tsNames;
  private final List<String> serviceNames;
  private final List<String> levelNames;
  private final List<String> eventNames;
  private final List<String> messageNames;
  private final List<String> metaNames;

  /**
   * A mapper that has seen nothing yet.
   *
   * @param otherService of events that name none
   * @param zone of times that name none
   */
  public EventMapper(String otherService, FieldNames fields, ZoneId zone, Doubts doubts) {
    this.otherService = otherService;
    this.times = new EventTimes(zone);
    this.doubts = doubts;
    this.tsNames = fields.tsNames();
    this.serviceNames = fields.serviceNames();
    this.levelNames = fields.levelNames();
    this.eventNames = fields.eventNames();
    this.messageNames = fields.messageNames();
    this.metaNames = fields.metaNames();
  }

  /**
   * An event without host, source and id.
   *
   * @param fields under their own names; what is not taken out of it becomes the event's meta
   * @param readAt the event's time if there is none to be read
   */
  public LogEvent event(Map<String, @Nullable Object> fields, Instant readAt) {
    @Nullable Object ts = take(fields, tsNames);
    @Nullable Object level = take(fields, levelNames);
    String service = text(take(fields, serviceNames), otherService);
    String event = text(take(fields, eventNames), "log");
    String message = text(take(fields, messageNames), "");
    Map<String, @Nullable Object> meta = meta(fields);
    return LogEvent.of(
        ts(ts, readAt, meta),
        service.isBlank() ? otherService : service,
        level(level, meta),
        event.isBlank() ? "log" : event,
        message,
        meta);
  }

  /** They know how far the lines have come. */
  EventTimes times() {
    return times;
  }

  private Instant ts(@Nullable Object value, Instant readAt, Map<String, @Nullable Object> meta) {
    @Nullable Instant ts = value == null ? null : times.read(plain(value), readAt);
    if (ts != null) {
      return ts;
    }
    doubts.ts(value == null ? null : text(value, ""), meta);
    return readAt;
  }

  private Level level(@Nullable Object value, Map<String, @Nullable Object> meta) {
    if (value == null) {
      return Level.INFO;
    }
    String raw = text(value, "");
    Optional<Level> level = Level.of(raw);
    if (level.isEmpty()) {
      doubts.level(raw, meta);
    }
    return level.orElse(Level.INFO);
  }

  /** What is left, with the fields of the line's own meta object beside them. */
  @SuppressWarnings("unchecked")
  private Map<String, @Nullable Object> meta(Map<String, @Nullable Object> fields) {
    for (String name : metaNames) {
      if (fields.get(name) instanceof Map<?, ?> own) {
        fields.remove(name);
        ((Map<String, @Nullable Object>) own).forEach(fields::putIfAbsent);
        break;
      }
    }
    return fields;
  }

  /** Takes the first of these that is there out of the fields. */
  private static @Nullable Object take(Map<String, @Nullable Object> fields, List<String> names) {
    for (String name : names) {
      @Nullable Object value = take(fields, name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Object take(Map<String, @Nullable Object> fields, String path) {
    @Nullable Object direct = fields.get(path);
    if (direct != null) {
      fields.remove(path);
      return direct;
    }
    int dot = path.indexOf('.');
    if (dot < 0 || !(fields.get(path.substring(0, dot)) instanceof Map<?, ?> inner)) {
      return null;
    }
    return take((Map<String, @Nullable Object>) inner, path.substring(dot + 1));
  }

  /** A number is written out, but not one that would fill the memory with its zeros. */
  private static String plain(Object value) {
    return value instanceof BigDecimal number && Math.abs((long) number.scale()) <= LONGEST_NUMBER
        ? number.toPlainString()
        : text(value, "");
  }

  /** Text stays as it is; an object or a list where text should be is written as JSON. */
  @SuppressWarnings("unchecked")
  private static String text(@Nullable Object value, String otherwise) {
    return switch (value) {
      case null -> otherwise;
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
    return new String(EventCodec.encodeObject(map), StandardCharsets.UTF_8);
  }
}
