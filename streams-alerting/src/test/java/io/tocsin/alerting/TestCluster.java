package io.tocsin.alerting;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.MalformedEventException;
import io.tocsin.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** A broker with something to write events and something that reads what is committed. */
final class TestCluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EmbeddedKafka broker;
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<Alert> alerts = new ArrayList<>();

  TestCluster(Path dir) {
    broker = EmbeddedKafka.start(EmbeddedKafka.Options.in(dir));
    producer =
        new KafkaProducer<>(
            settings().with(Map.of("linger.ms", 0)),
            new StringSerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            settings()
                .with(Map.of("isolation.level", "read_committed", "auto.offset.reset", "earliest")),
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }

  KafkaSettings settings() {
    return KafkaSettings.of(broker.bootstrapServers());
  }

  /** Sends an error and waits until it is written. */
  void error(String service, String id) {
    error(service, "failed", Map.of(), id);
  }

  void error(String service, String event, Map<String, @Nullable Object> meta, String id) {
    LogEvent record =
        new LogEvent(Instant.now(), service, Level.ERROR, event, "text", meta, "host", "test", id);
    send(Topics.LOGS, service, EventCodec.encode(record));
  }

  void send(String topic, String key, byte @Nullable [] value) {
    try {
      producer.send(new ProducerRecord<>(topic, key, value)).get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("not sent", e);
    }
  }

  /** All transitions from the beginning, as soon as there is one like this. */
  List<String> transitionsUntil(Predicate<Alert> last) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (alerts.stream().noneMatch(last)) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("not within " + PATIENCE + "; there is " + transitions());
      }
      poll();
    }
    return transitions();
  }

  /** All committed transitions from the beginning, as soon as they are as wanted. */
  List<Alert> alertsUntil(Predicate<List<Alert>> wanted) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!wanted.test(alerts)) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("not within " + PATIENCE + "; there is " + transitions());
      }
      poll();
    }
    return List.copyOf(alerts);
  }

  private void poll() {
    if (consumer.assignment().isEmpty()) {
      consumer.assign(
          consumer.partitionsFor(Topics.ALERTS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList());
      consumer.seekToBeginning(consumer.assignment());
    }
    consumer
        .poll(Duration.ofMillis(200))
        .forEach(
            record -> {
              try {
                alerts.add(EventCodec.decodeAlert(record.value()));
              } catch (MalformedEventException e) {
                throw new AssertionError(e);
              }
            });
  }

  private List<String> transitions() {
    return alerts.stream().map(TestCluster::describe).toList();
  }

  static String describe(Alert alert) {
    return alert.status().name().toLowerCase(Locale.ROOT)
        + " "
        + alert.rule()
        + " "
        + alert.group();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    consumer.close();
    broker.close();
  }
}
