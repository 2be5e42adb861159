package io.tocsin.agent.parse;

import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event of every line. Not thread-safe: one for each stream of lines, whose order tells
 * apart the two passes through an hour that a clock repeats.
 *
 * <ul>
 *   <li>A line that is not of its format is an INFO event {@code unparsed_line} with the line as
 *       message.
 *   <li>A time that is missing or cannot be read is the time of reading; what stood there is kept
 *       in {@code meta.ts_error}, a level nobody knows in {@code meta.level_raw}.
 *   <li>Bytes that are no text are replaced, and the line's bytes kept in {@code meta.raw_base64}.
 * </ul>
 */
public final class LineParser {

  private final LineSettings settings;
  private final LineFormat format;
  private final EventTimes times;
  private final List<String> tsNames;
  private final List<String> serviceNames;
  private final List<String> levelNames;
  private final List<String> eventNames;
  private final List<String> messageNames;
  private final List<String> metaNames;

  public LineParser(LineSettings settings) {
    this.settings = settings;
    this.format = LineFormat.of(settings);
    this.times = new EventTimes(settings.zone());
    this.tsNames = settings.fields().tsNames();
    this.serviceNames = settings.fields().serviceNames();
    this.levelNames = settings.fields().levelNames();
    this.eventNames = settings.fields().eventNames();
    this.messageNames = settings.fields().messageNames();
    this.metaNames = settings.fields().metaNames();
  }

  /**
   * An event without host, source and id.
   *
   * @param buffer holds the line, without its end
   * @param cutBytes how many bytes of the line were left out of the buffer; 0 for none
   * @param readAt the event's time if the line has none
   */
  public LogEvent parse(byte[] buffer, int from, int length, long cutBytes, Instant readAt) {
    Line line = new Line(buffer, from, length, settings.charset());
    String text = line.text();
    @Nullable Map<String, @Nullable Object> fields = format.fields(line, text);
    LogEvent event = fields == null ? unparsed(text, readAt) : event(fields, readAt);
    if (line.isBent(text)) {
      event.meta().put("raw_base64", Base64.getEncoder().encodeToString(line.bytes()));
    }
    if (cutBytes > 0) {
      event.meta().put("truncated", cutBytes);
    }
    return event;
  }

  private LogEvent unparsed(String text, Instant readAt) {
    return LogEvent.of(
        readAt, settings.service(), Level.INFO, "unparsed_line", text, new LinkedHashMap<>());
  }

  private LogEvent event(Map<String, @Nullable Object> fields, Instant readAt) {
    @Nullable Object ts = take(fields, tsNames);
    @Nullable Object level = take(fields, levelNames);
    String service = text(take(fields, serviceNames), settings.service());
    String event = text(take(fields, eventNames), "log");
    String message = text(take(fields, messageNames), "");
    Map<String, @Nullable Object> meta = meta(fields);
    return LogEvent.of(
        ts(ts, readAt, meta),
        service.isBlank() ? settings.service() : service,
        level(level, meta),
        event.isBlank() ? "log" : event,
        message,
        meta);
  }

  private Instant ts(@Nullable Object value, Instant readAt, Map<String, @Nullable Object> meta) {
    @Nullable Instant ts = value == null ? null : times.read(plain(value), readAt);
    if (ts != null) {
      return ts;
    }
    if (value != null || settings.format() != LineSettings.Format.TEXT) {
      meta.put("ts_error", text(value, "missing"));
    }
    return readAt;
  }

  private static Level level(@Nullable Object value, Map<String, @Nullable Object> meta) {
    if (value == null) {
      return Level.INFO;
    }
    String raw = text(value, "");
    Optional<Level> level = Level.of(raw);
    if (level.isEmpty()) {
      meta.put("level_raw", raw);
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

  private static String plain(Object value) {
    return value instanceof BigDecimal number ? number.toPlainString() : text(value, "");
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
