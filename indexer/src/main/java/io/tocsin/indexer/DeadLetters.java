package io.tocsin.indexer;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.DeadLetter;
import io.tocsin.event.EventCodec;
import io.tocsin.indexer.bulk.Backoff;
import io.tocsin.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes dead letters and tells when the broker has them. Thread-safe. */
final class DeadLetters implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final int MAX_REQUEST = 16 << 20;

  private final KafkaSettings kafka;
  private @Nullable Producer<byte[], byte[]> producer;

  DeadLetters(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /**
   * Begins to write letters; nothing is certain before {@link Delivery#await} returns.
   *
   * @throws InterruptedException when the thread is interrupted; some letters may be written
   */
  Delivery begin(List<DeadLetter> letters) throws InterruptedException {
    return new Delivery(letters);
  }

  /** Letters on their way. For one thread. */
  final class Delivery {
    private List<DeadLetter> letters = List.of();
    private final List<Future<?>> sent = new ArrayList<>();

    private Delivery(List<DeadLetter> letters) throws InterruptedException {
      sendAll(letters);
    }

    private void sendAll(List<DeadLetter> all) throws InterruptedException {
      letters = all;
      sent.clear();
      for (DeadLetter letter : all) {
        Future<?> future = send(letter);
        if (future == null) {
          return;
        }
        sent.add(future);
      }
    }

    /**
     * Returns when every letter is acknowledged by all replicas, however long that takes.
     *
     * @throws InterruptedException when the thread is interrupted; some letters may be written
     */
    void await() throws InterruptedException {
      Backoff backoff =
          new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), RandomGenerator.getDefault());
      for (List<DeadLetter> open = open(); !open.isEmpty(); open = open()) {
        Thread.sleep(backoff.next());
        sendAll(open);
      }
    }

    /** Waits for what was sent; returns those that are still to be written. */
    private List<DeadLetter> open() throws InterruptedException {
      List<DeadLetter> open = new ArrayList<>(letters.subList(sent.size(), letters.size()));
      for (int i = 0; i < sent.size(); i++) {
        DeadLetter letter = letters.get(i);
        try {
          sent.get(i).get();
        } catch (ExecutionException e) {
          open.add(e.getCause() instanceof RecordTooLargeException ? withoutBytes(letter) : letter);
          note(e.getCause());
        }
      }
      return open;
    }
  }

  /** Null when the producer takes nothing at the moment. */
  private @Nullable Future<?> send(DeadLetter letter) throws InterruptedException {
    try {
      return producer()
          .send(new ProducerRecord<>(Topics.DEAD_LETTERS, letter.key(), EventCodec.encode(letter)));
    } catch (InterruptException e) {
      throw (InterruptedException) new InterruptedException().initCause(e);
    } catch (KafkaException e) {
      note(e);
      return null;
    }
  }

  /**
   * A letter that its topic does not take still says where the original is: on its own topic, which
   * did take it.
   */
  private static DeadLetter withoutBytes(DeadLetter letter) {
    byte[] bytes = letter.bytes();
    return new DeadLetter(
        letter.ts(),
        letter.topic(),
        letter.partition(),
        letter.offset(),
        letter.stage(),
        letter.reason(),
        letter.detail() + " (left out for its size: " + (bytes == null ? 0 : bytes.length) + " B)",
        letter.key(),
        null,
        Map.of(),
        letter.id());
  }

  private static void note(@Nullable Throwable cause) {
    LOG.atWarn()
        .addKeyValue("topic", Topics.DEAD_LETTERS)
        .addKeyValue("error", String.valueOf(cause))
        .log("a dead letter was not written, trying again");
  }

  private synchronized Producer<byte[], byte[]> producer() {
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      open =
          new KafkaProducer<>(
              kafka.with(
                  Map.of(
                      ProducerConfig.CLIENT_ID_CONFIG,
                      "tocsin-indexer-dead-letters",
                      ProducerConfig.ACKS_CONFIG,
                      "all",
                      ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                      true,
                      ProducerConfig.COMPRESSION_TYPE_CONFIG,
                      "lz4",
                      ProducerConfig.MAX_BLOCK_MS_CONFIG,
                      5000,
                      ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                      MAX_REQUEST)),
              new ByteArraySerializer(),
              new ByteArraySerializer());
      producer = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(1));
    }
  }
}
