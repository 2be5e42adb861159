package io.tocsin.faults.notifier;

import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Severity;
import io.tocsin.event.Alert.Status;
import io.tocsin.event.EventCodec;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * An engine that fires so many episodes a second and resolves each up to ten seconds later. Every
 * episode has a number, which stands in its summary.
 */
final class AlertStream implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(50);
  private static final int LONGEST_MILLIS = 10_000;

  private record Open(Alert alert, Instant resolvesAt) {}

  private final KafkaProducer<byte[], byte[]> producer;
  private final int perSecond;
  private final Random random;
  private final InstantSource clock;
  private final PriorityQueue<Open> open =
      new PriorityQueue<>(Comparator.comparing(Open::resolvesAt));
  private final AtomicInteger episodes = new AtomicInteger();
  private final Thread thread = Thread.ofPlatform().name("alert-stream").unstarted(this::run);
  private volatile boolean closing;

  AlertStream(String bootstrapServers, int perSecond, long seed, InstantSource clock) {
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.perSecond = perSecond;
    this.random = new Random(seed);
    this.clock = clock;
  }

  /** What stands in the summary of an episode, and in nothing else. */
  static String name(int episode) {
    return "episode-" + episode + ".";
  }

  void start() {
    thread.start();
  }

  int episodes() {
    return episodes.get();
  }

  /** Resolves what is still open, and returns when the broker has all of it. */
  @Override
  public void close() throws InterruptedException {
    closing = true;
    thread.join();
    producer.close();
  }

  private void run() {
    double due = 0;
    while (!closing) {
      due += perSecond * TICK.toMillis() / 1_000.0;
      for (; due >= 1; due--) {
        fire();
      }
      resolve(clock.instant());
      producer.flush();
      try {
        Thread.sleep(TICK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        closing = true;
      }
    }
    resolve(Instant.MAX);
    producer.flush();
  }

  private void fire() {
    Instant now = clock.instant();
    Alert alert = alert(episodes.getAndIncrement(), Status.FIRING, now, null);
    put(alert);
    open.add(new Open(alert, now.plusMillis(random.nextInt(LONGEST_MILLIS))));
  }

  private void resolve(Instant upTo) {
    while (!open.isEmpty() && !open.element().resolvesAt().isAfter(upTo)) {
      Alert fired = open.remove().alert();
      int number = Integer.parseInt(String.valueOf(fired.value()));
      put(alert(number, Status.RESOLVED, fired.startsAt(), clock.instant()));
    }
  }

  private void put(Alert alert) {
    byte[] key = alert.fingerprint().getBytes(StandardCharsets.UTF_8);
    var _ = producer.send(new ProducerRecord<>(Topics.ALERTS, key, EventCodec.encode(alert)));
  }

  private static Alert alert(
      int number, Status status, Instant startsAt, @Nullable Instant endsAt) {
    Map<String, @Nullable Object> group = Map.of("number", number);
    String fingerprint = Alert.fingerprintOf("campaign", group);
    return new Alert(
        fingerprint,
        fingerprint + "@" + startsAt,
        "campaign",
        1,
        Severity.HIGH,
        status,
        endsAt == null ? startsAt : endsAt,
        group,
        startsAt,
        endsAt,
        number,
        null,
        null,
        name(number),
        Map.of(),
        Map.of(),
        List.of(),
        null);
  }
}
