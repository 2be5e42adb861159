package io.tocsin.benchmarks.indexer;

import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Log events of about 290 bytes, as services write them: all of one day, so of one index. */
final class Events {

  private static final Instant DAY = Instant.parse("2026-01-15T00:00:00Z");
  private static final String[] EVENTS = {
    "request_done", "cache_miss", "job_started", "job_done", "token_refreshed", "upstream_slow"
  };

  private Events() {}

  static String key(long number) {
    return "service-" + number % 12;
  }

  static byte[] value(long number) {
    Random random = new Random(number);
    Map<String, @Nullable Object> meta = new LinkedHashMap<>();
    meta.put("duration_ms", random.nextInt(2_000));
    meta.put("user_id", "user-" + random.nextInt(5_000));
    meta.put("path", "/v1/stations/" + random.nextInt(900));
    return EventCodec.encode(
        new LogEvent(
            DAY.plus(Duration.ofMillis(number * 200)),
            key(number),
            number % 50 == 0 ? Level.ERROR : Level.INFO,
            EVENTS[random.nextInt(EVENTS.length)],
            "request " + random.nextInt(1_000_000) + " took its way",
            meta,
            "edge-" + number % 7,
            "api",
            "edge/api/bench/" + number));
  }
}
