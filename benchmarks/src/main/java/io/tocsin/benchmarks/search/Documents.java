package io.tocsin.benchmarks.search;

import io.tocsin.event.Timestamps;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * Log events of about 290 bytes, spread evenly over a day, as bulk bodies. One in twenty is an
 * error, one in a thousand is critical; twelve services speak in turns.
 *
 * @param count how many in all
 * @param end when the day ends
 */
record Documents(long count, Instant end) {

  static final Duration SPAN = Duration.ofHours(24);

  private static final int BODY_BYTES = 1_000_000;
  private static final int ABOUT = 400;
  private static final String[] EVENTS = {
    "request_done", "cache_miss", "job_started", "job_done", "token_refreshed", "upstream_slow"
  };

  /** How many fit into one request. */
  static int aBody() {
    return BODY_BYTES / ABOUT;
  }

  /** The request for the documents from this number on. */
  byte[] body(long from) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(BODY_BYTES + BODY_BYTES / 4);
    Random random = new Random(from);
    for (long i = from; i < Math.min(count, from + aBody()); i++) {
      body.writeBytes(document(i, random).getBytes(StandardCharsets.UTF_8));
    }
    return body.toByteArray();
  }

  private String document(long number, Random random) {
    Instant at = end.minus(SPAN).plusMillis(SPAN.toMillis() * number / count);
    String ts = Timestamps.format(at);
    String id = "edge-" + number % 7 + "/api/bench/" + number;
    String level = number % 1_000 == 0 ? "CRITICAL" : number % 20 == 0 ? "ERROR" : "INFO";
    return "{\"index\":{\"_index\":\"tocsin-logs-"
        + ts.substring(0, 10).replace('-', '.')
        + "\",\"_id\":\""
        + id
        + "\"}}\n{\"ts\":\""
        + ts
        + "\",\"service\":\"service-"
        + random.nextInt(12)
        + "\",\"level\":\""
        + level
        + "\",\"event\":\""
        + EVENTS[random.nextInt(EVENTS.length)]
        + "\",\"message\":\"request "
        + random.nextInt(1_000_000)
        + " took its way\",\"meta\":{\"duration_ms\":"
        + random.nextInt(2_000)
        + ",\"user_id\":\"user-"
        + random.nextInt(5_000)
        + "\",\"path\":\"/v1/stations/"
        + random.nextInt(900)
        + "\"},\"host\":\"edge-"
        + number % 7
        + "\",\"source\":\"api\",\"id\":\""
        + id
        + "\"}\n";
  }
}
