package io.tocsin.console.live;

import io.tocsin.event.EventCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what passes between two reports. For one thread. */
final class Rates {

  /** More errors a second than that are counted but not shown: nobody can read them. */
  private static final int SHOWN_PER_SECOND = 50;

  private Instant since;
  private Instant second;
  private int shown;
  private long logs;
  private long errors;
  private long telemetry;
  private long skipped;

  Rates(Instant now) {
    since = now;
    second = now;
  }

  void log() {
    logs++;
  }

  void telemetry() {
    telemetry++;
  }

  void skipped(long events) {
    skipped += events;
  }

  /** Counts an error; whether it may be shown as well. */
  boolean error(Instant now) {
    errors++;
    if (Duration.between(second, now).toMillis() >= 1_000) {
      second = now;
      shown = 0;
    }
    return shown++ < SHOWN_PER_SECOND;
  }

  boolean due(Instant now, Duration every) {
    return Duration.between(since, now).compareTo(every) >= 0;
  }

  /** The rates since the last report, and the counting begins anew. */
  LiveEvent report(Instant now, long firing, int watching) {
    double seconds = Math.max(0.001, Duration.between(since, now).toMillis() / 1000.0);
    Map<String, @Nullable Object> stats = new LinkedHashMap<>();
    stats.put("logsPerSecond", rate(logs, seconds));
    stats.put("errorsPerSecond", rate(errors, seconds));
    stats.put("telemetryPerSecond", rate(telemetry, seconds));
    stats.put("skipped", skipped);
    stats.put("firing", firing);
    stats.put("watching", watching);
    begin(now);
    return new LiveEvent("stats", EventCodec.encodeObject(stats));
  }

  void begin(Instant now) {
    since = now;
    logs = 0;
    errors = 0;
    telemetry = 0;
    skipped = 0;
  }

  private static double rate(long count, double seconds) {
    return Math.round(10 * count / seconds) / 10.0;
  }
}
