package io.tocsin.benchmarks.notifier;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Severity;
import io.tocsin.event.Alert.Status;
import io.tocsin.event.EventCodec;
import io.tocsin.topics.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes transitions, each of a group of its own, and says when the broker had them. */
final class Transitions implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;

  Transitions(KafkaSettings kafka) {
    producer =
        new KafkaProducer<>(
            kafka.with(Map.of(ProducerConfig.LINGER_MS_CONFIG, 0)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Returns when it was acknowledged, on the clock of {@link System#nanoTime}. */
  long put(Alert alert) throws IOException, InterruptedException {
    CompletableFuture<Long> acknowledged = new CompletableFuture<>();
    byte[] key = alert.fingerprint().getBytes(StandardCharsets.UTF_8);
    var _ =
        producer.send(
            new ProducerRecord<>(Topics.ALERTS, key, EventCodec.encode(alert)),
            (metadata, failure) -> {
              if (failure == null) {
                acknowledged.complete(System.nanoTime());
              } else {
                acknowledged.completeExceptionally(failure);
              }
            });
    try {
      return acknowledged.get();
    } catch (ExecutionException e) {
      throw new IOException("the broker did not take an alert", e);
    }
  }

  static Alert alert(String rule, int number, Instant startsAt) {
    Map<String, @Nullable Object> group = Map.of("service", "service-" + number);
    String fingerprint = Alert.fingerprintOf(rule, group);
    return new Alert(
        fingerprint,
        fingerprint + "@" + startsAt,
        rule,
        1,
        Severity.HIGH,
        Status.FIRING,
        startsAt,
        group,
        startsAt,
        null,
        7,
        5,
        "1m",
        "7 errors in 1m from service-" + number,
        Map.of("team", "ops"),
        Map.of("runbook", "docs/operations/runbook.md#api-error-burst"),
        List.of("edge-01/api/1/" + number),
        null);
  }

  @Override
  public void close() {
    producer.close();
  }
}
