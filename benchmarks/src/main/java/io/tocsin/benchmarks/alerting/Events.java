package io.tocsin.benchmarks.alerting;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.topics.Topics;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** A backlog of log events as an HTTP service and its neighbours write them, one a millisecond. */
final class Events {

  private static final String[] SERVICES = {
    "api", "api", "api", "api", "worker", "ui", "charger", "gateway", "billing", "auth"
  };
  private static final int SOURCES = 4;

  private Events() {}

  /** Writes them, the last of them as of {@code end}. */
  static void load(KafkaSettings kafka, int count, Instant end) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    write(kafka, count, i -> event(i, end.minusMillis(count - i), random));
  }

  /** Writes one event for each of so many groups, in turn for each of so many rules. */
  static void loadGroups(KafkaSettings kafka, int groups, int rules, Instant ts)
      throws IOException {
    write(
        kafka,
        groups,
        i ->
            new LogEvent(
                ts,
                "service-" + i % 50,
                Level.INFO,
                "session-" + i % rules,
                "text",
                Map.of("session", "session-" + i / rules),
                "host",
                null,
                "edge/sessions/1/" + i));
  }

  private static void write(KafkaSettings kafka, int count, IntFunction<LogEvent> events)
      throws IOException {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            kafka.with(Map.of("linger.ms", 20, "batch.size", 128 << 10)),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        LogEvent event = events.apply(i);
        var _ =
            producer.send(
                new ProducerRecord<>(Topics.LOGS, event.service(), EventCodec.encode(event)),
                (metadata, problem) -> {
                  if (problem != null) {
                    failure.set(problem);
                  }
                });
      }
    }
    if (failure.get() != null) {
      throw new IOException("the backlog could not be written", failure.get());
    }
  }

  private static LogEvent event(int number, Instant ts, SplittableRandom random) {
    String service = SERVICES[random.nextInt(SERVICES.length)];
    int fate = random.nextInt(1000);
    Level level = fate < 5 ? Level.ERROR : fate < 30 ? Level.WARNING : Level.INFO;
    boolean login = fate == 500;
    Map<String, @Nullable Object> meta = new HashMap<>();
    meta.put("path", "/api/v1/sessions/" + random.nextInt(50));
    meta.put("status_code", level == Level.ERROR ? 500 : 200);
    meta.put("response_time_ms", 5 + random.nextInt(80));
    meta.put("client_ip", "10.0." + random.nextInt(40) + "." + random.nextInt(250));
    meta.put("user_id", random.nextInt(20_000));
    String source = service + "-" + number % SOURCES;
    return new LogEvent(
        ts,
        service,
        level,
        login ? "login_failed" : "api_request",
        "GET /api/v1/sessions answered in a moment, as it mostly does",
        meta,
        "edge-" + number % SOURCES,
        source,
        "edge-01/" + source + "/1/" + number);
  }
}
