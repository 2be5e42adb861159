package io.tocsin.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something a program said, on {@code tocsin.logs}. Immutable, as long as the values within {@code
 * meta} are left alone.
 *
 * @param ts when it happened; milliseconds are kept, finer parts are cut on the wire
 * @param service which program said it; also the record's key
 * @param event a short key such as {@code serial_disconnected}
 * @param message the text for people
 * @param meta anything else: JSON values as {@link String}, {@link Number}, {@link Boolean}, {@link
 *     Map}, {@link java.util.List} or null
 * @param host the machine it was read on
 * @param source the source within the agent that read it
 * @param id the {@linkplain SourceId source identity}; absent for foreign producers
 */
public record LogEvent(
    Instant ts,
    String service,
    Level level,
    String event,
    String message,
    Map<String, @Nullable Object> meta,
    @Nullable String host,
    @Nullable String source,
    @Nullable String id) {

  /** An event of no known host, source or id, as a foreign producer writes it. */
  public static LogEvent of(
      Instant ts,
      String service,
      Level level,
      String event,
      String message,
      Map<String, @Nullable Object> meta) {
    return new LogEvent(ts, service, level, event, message, meta, null, null, null);
  }
}
