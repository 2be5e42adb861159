package io.tocsin.agent.parse;

import io.tocsin.agent.pattern.GaveUpException;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event of every line. Not thread-safe: one for each stream of lines, whose order tells
 * apart the two passes through an hour that a clock repeats.
 *
 * <ul>
 *   <li>A line that is not of its format is an INFO event {@code unparsed_line} with the line as
 *       message; {@code meta.parse_error} says so when its pattern took too long.
 *   <li>A time that is missing or cannot be read is the time of reading; what stood there is kept
 *       in {@code meta.ts_error}, a level nobody knows in {@code meta.level_raw}.
 *   <li>Bytes that are no text are replaced, and the line's bytes kept in {@code meta.raw_base64}.
 * </ul>
 */
public final class LineParser {

  private final LineSettings settings;
  private final LineFormat format;
  private final EventMapper mapper;
  private final Runnable givenUp;

  /**
   * A parser that has seen no line yet.
   *
   * @param givenUp is told of each line on which the pattern took too long
   */
  public LineParser(LineSettings settings, Runnable givenUp) {
    this.settings = settings;
    this.givenUp = givenUp;
    this.format = LineFormat.of(settings);
    this.mapper =
        new EventMapper(settings.service(), settings.fields(), settings.zone(), new InMeta());
  }

  /**
   * A quicker way for the simple ones of the same lines; null where there is none.
   *
   * @param idPrefix of all ids, up to the sequence
   */
  public @Nullable JsonPassage passage(String host, String source, String idPrefix) {
    return settings.format() == LineSettings.Format.JSON
            && settings.charset().equals(StandardCharsets.UTF_8)
        ? new JsonPassage(settings, mapper.times(), host, source, idPrefix)
        : null;
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
    LogEvent event = event(line, text, readAt);
    if (line.isBent(text)) {
      event.meta().put("raw_base64", Base64.getEncoder().encodeToString(line.bytes()));
    }
    if (cutBytes > 0) {
      event.meta().put("truncated", cutBytes);
    }
    return event;
  }

  private LogEvent event(Line line, String text, Instant readAt) {
    try {
      @Nullable Map<String, @Nullable Object> fields = format.fields(line, text);
      return fields == null ? unparsed(text, readAt) : mapper.event(fields, readAt);
    } catch (GaveUpException e) {
      givenUp.run();
      LogEvent event = unparsed(text, readAt);
      event.meta().put("parse_error", e.getMessage());
      return event;
    }
  }

  private LogEvent unparsed(String text, Instant readAt) {
    return LogEvent.of(
        readAt, settings.service(), Level.INFO, "unparsed_line", text, new LinkedHashMap<>());
  }

  /** A line is kept whatever it says: what cannot be read stands beside the rest. */
  private final class InMeta implements EventMapper.Doubts {

    @Override
    public void ts(@Nullable String raw, Map<String, @Nullable Object> meta) {
      if (raw != null || settings.format() != LineSettings.Format.TEXT) {
        meta.put("ts_error", raw == null ? "missing" : raw);
      }
    }

    @Override
    public void level(String raw, Map<String, @Nullable Object> meta) {
      meta.put("level_raw", raw);
    }
  }
}
