package io.tocsin.faults.indexer;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.faults.indexer.Freight.Kind;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends freight at a rate, whatever becomes of the broker: nothing is given up. Two records in a
 * hundred come twice and one in a hundred is odd.
 */
final class FreightSender implements AutoCloseable {

  /** Says of what kind a record is, so that the topic itself tells what must come of it. */
  static final String KIND_HEADER = "kind";

  private static final int LARGEST = 15 << 20;

  private final Freight freight;
  private final int rate;
  private final Random random;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Thread thread = Thread.ofPlatform().name("freight-sender").unstarted(this::run);
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private volatile boolean closing;
  private long events;
  private long odd;

  FreightSender(KafkaSettings kafka, Freight freight, int rate, long seed) {
    this.freight = freight;
    this.rate = rate;
    this.random = new Random(seed);
    this.producer = producer(kafka);
  }

  private static KafkaProducer<byte[], byte[]> producer(KafkaSettings kafka) {
    return new KafkaProducer<>(
        kafka.with(
            Map.of(
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                LARGEST,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                64L << 20,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                Long.MAX_VALUE,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Integer.MAX_VALUE)),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Sends at the rate until it is closed. */
  void start() {
    thread.start();
  }

  /** How many records were handed to the producer. */
  long sent() {
    return sent.get();
  }

  /** How many the broker has refused for good; 0 unless something is wrong with the campaign. */
  long refused() {
    return refused.get();
  }

  /** Sends one record. */
  void send(Kind kind, long number) {
    byte @Nullable [] value = freight.value(kind, number);
    var header = new RecordHeader(KIND_HEADER, kind.name().getBytes(StandardCharsets.UTF_8));
    var record =
        new ProducerRecord<>(
            Topics.LOGS, (Integer) null, freight.key(number), value, List.of(header));
    var _ =
        producer.send(
            record,
            (metadata, failure) -> {
              if (failure != null) {
                refused.incrementAndGet();
              }
            });
    sent.incrementAndGet();
  }

  private void run() {
    long begun = System.nanoTime();
    try {
      while (!closing) {
        long due = (System.nanoTime() - begun) * rate / 1_000_000_000;
        while (sent.get() < due && !closing) {
          next();
        }
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void next() {
    int dice = random.nextInt(10_000);
    if (dice < 100) {
      send(Freight.odd(odd), odd++);
    } else if (dice < 101) {
      send(Freight.heavy(odd), odd++);
    } else if (dice < 301 && events > 0) {
      send(Kind.EVENT, Math.max(0, events - 1 - random.nextInt(20_000)));
    } else {
      send(Kind.EVENT, events++);
    }
  }

  /** Returns when every record is acknowledged. */
  @Override
  public void close() throws InterruptedException {
    closing = true;
    thread.join();
    producer.close();
  }
}
