package io.tocsin.faults.alerting;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Services that log at a steady rate, whatever becomes of the broker: their producer tries for as
 * long as it takes, in order, each record once. One record in ten is sent again a little later, as
 * an agent does after a crash. Beside them a service sends a heartbeat each second.
 */
final class EventWriter implements AutoCloseable {

  /** The service that sends heartbeats. */
  static final String BEATING = "beat";

  static final String HEARTBEAT = "heartbeat";

  private static final int SERVICES = 5;
  private static final int PER_TICK_MS = 10;
  private static final int REMEMBERED = 50;

  private final KafkaProducer<String, byte[]> producer;
  private final int perSecond;
  private final Random random;
  private final InstantSource clock;
  private final Thread thread = Thread.ofPlatform().name("event-writer").unstarted(this::run);
  private final Deque<LogEvent> recent = new ArrayDeque<>();
  private final AtomicLong sent = new AtomicLong();
  private volatile boolean closing;
  private volatile Instant lastHeartbeat = Instant.EPOCH;
  private long number;

  EventWriter(KafkaSettings kafka, int perSecond, long seed, InstantSource clock) {
    this.producer =
        new KafkaProducer<>(
            kafka.with(
                Map.of(
                    ProducerConfig.LINGER_MS_CONFIG,
                    5,
                    ProducerConfig.MAX_BLOCK_MS_CONFIG,
                    Integer.MAX_VALUE,
                    ProducerConfig.BUFFER_MEMORY_CONFIG,
                    128 << 20,
                    ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                    Integer.MAX_VALUE)),
            new StringSerializer(),
            new ByteArraySerializer());
    this.perSecond = perSecond;
    this.random = new Random(seed);
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  long sent() {
    return sent.get();
  }

  /** The event time of the last heartbeat. */
  Instant lastHeartbeat() {
    return lastHeartbeat;
  }

  /** Ends; returns when all is written. */
  @Override
  public void close() throws InterruptedException {
    closing = true;
    thread.join();
    producer.close(Duration.ofMinutes(2));
  }

  private void run() {
    Instant begun = clock.instant();
    long events = 0;
    try {
      while (!closing) {
        // By the clock, so that a busy machine makes no fewer of them.
        long due = Duration.between(begun, clock.instant()).toMillis() * perSecond / 1000;
        for (; events < due; events++) {
          send(next());
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS); // as it stands in the record
        if (Duration.between(lastHeartbeat, now).toMillis() >= 1000) {
          send(new LogEvent(now, BEATING, Level.INFO, HEARTBEAT, "", Map.of(), "host", null, null));
          lastHeartbeat = now;
        }
        Thread.sleep(PER_TICK_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(LogEvent event) {
    var _ =
        producer.send(new ProducerRecord<>(Topics.LOGS, event.service(), EventCodec.encode(event)));
    sent.incrementAndGet();
  }

  private LogEvent next() {
    if (recent.size() == REMEMBERED && random.nextInt(10) == 0) {
      return recent.stream().skip(random.nextInt(REMEMBERED)).findFirst().orElseThrow();
    }
    String service = "service-" + random.nextInt(SERVICES);
    LogEvent event =
        new LogEvent(
            clock.instant(),
            service,
            random.nextBoolean() ? Level.INFO : Level.ERROR,
            "state",
            "text",
            Map.of(
                "session", service + "/" + number / 1000,
                "user", service + "/" + random.nextInt(2),
                "device", random.nextInt(3),
                "state", random.nextInt(100),
                "code", random.nextInt(20)),
            "host",
            "test",
            "edge/" + service + "/1/" + number++);
    recent.add(event);
    if (recent.size() > REMEMBERED) {
      recent.remove();
    }
    return event;
  }
}
