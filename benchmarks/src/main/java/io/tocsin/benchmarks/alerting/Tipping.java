package io.tocsin.benchmarks.alerting;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.MalformedEventException;
import io.tocsin.topics.Topics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends records that tip a rule and notes when a read-committed consumer sees the transition. */
final class Tipping implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Clock clock;
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Long> seen = new ConcurrentHashMap<>();
  private final Thread reader = Thread.ofPlatform().name("transitions").unstarted(this::read);
  private final SplittableRandom random = new SplittableRandom(3);

  Tipping(KafkaSettings kafka, Clock clock) {
    this.clock = clock;
    this.producer =
        new KafkaProducer<>(
            kafka.with(Map.of("linger.ms", 0)), new StringSerializer(), new ByteArraySerializer());
    this.consumer =
        new KafkaConsumer<>(
            kafka.with(Map.of("isolation.level", "read_committed")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.ALERTS).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    reader.start();
  }

  /** From the tipping record's send to the transition, in milliseconds, ascending. */
  double[] latencies(String name, int count) throws IOException, InterruptedException {
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      String service = name + "-" + i;
      for (int n = 0; n < 4; n++) {
        send(service, n);
      }
      // At no fixed distance from a commit.
      Thread.sleep(random.nextLong(20, 80));
      long sent = System.nanoTime();
      send(service, 4);
      millis[i] = (await(service) - sent) / 1e6;
    }
    Arrays.sort(millis);
    return millis;
  }

  /** Sends all that tips the rule once; seconds from {@code begun} to the transition. */
  double tip(String service, long begun) throws IOException, InterruptedException {
    for (int n = 0; n < 5; n++) {
      send(service, n);
    }
    return (await(service) - begun) / 1e9;
  }

  /** The same of several services at once, to the last of their transitions. */
  double tipAll(String prefix, int services, long begun) throws IOException, InterruptedException {
    for (int n = 0; n < 5; n++) {
      for (int service = 0; service < services; service++) {
        send(prefix + service, n);
      }
    }
    long last = begun;
    for (int service = 0; service < services; service++) {
      last = Math.max(last, await(prefix + service));
    }
    return (last - begun) / 1e9;
  }

  private long await(String service) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Long at = seen.get(service);
    while (at == null) {
      if (System.nanoTime() > deadline) {
        throw new IOException("no alert of " + service);
      }
      Thread.sleep(1);
      at = seen.get(service);
    }
    return at;
  }

  private void send(String service, int number) throws IOException, InterruptedException {
    LogEvent event =
        new LogEvent(
            clock.instant(),
            service,
            Level.INFO,
            "tip",
            "text",
            Map.of(),
            "host",
            null,
            "bench/" + service + "/1/" + number);
    try {
      producer.send(new ProducerRecord<>(Topics.LOGS, service, EventCodec.encode(event))).get();
    } catch (ExecutionException e) {
      throw new IOException("the broker did not take a record", e);
    }
  }

  private void read() {
    try {
      while (true) {
        var records = consumer.poll(Duration.ofMillis(500));
        long now = System.nanoTime();
        for (ConsumerRecord<byte[], byte[]> record : records) {
          Alert alert = EventCodec.decodeAlert(record.value());
          if (alert.rule().equals(Rules.TIP)) {
            seen.putIfAbsent(String.valueOf(alert.group().get("service")), now);
          }
        }
      }
    } catch (WakeupException e) {
      consumer.close();
    } catch (MalformedEventException e) {
      throw new IllegalStateException("no transition stands on its topic", e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    consumer.wakeup();
    reader.join();
    producer.close();
  }
}
