package io.tocsin.cli.deadletters;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.DeadLetter;
import io.tocsin.event.EventCodec;
import io.tocsin.topics.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records and marks, both or none: in transactions, so that a command that is killed half
 * way can be run again. The transactional id is one for a cluster: of two commands at the same time
 * the later stops the earlier, and then reads its marks. Not thread-safe.
 */
final class Outbox implements AutoCloseable {

  private static final int LARGEST = 16 << 20;
  private static final int LETTERS_AT_ONCE = 500;
  private static final long BYTES_AT_ONCE = 8 << 20;

  private final KafkaSettings kafka;
  private final KafkaProducer<byte[], byte[]> producer;
  private boolean begun;
  private int letters;
  private long bytes;

  private Outbox(KafkaSettings kafka) {
    this.kafka = kafka;
    producer = ready(kafka);
  }

  /**
   * Stops any other outbox of the cluster.
   *
   * @throws UserError when the cluster cannot be reached
   */
  static Outbox open(KafkaSettings kafka) {
    return new Outbox(kafka);
  }

  /** A producer before which every earlier transaction of its id is ended, to its readers too. */
  private static KafkaProducer<byte[], byte[]> ready(KafkaSettings kafka) {
    try {
      KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              kafka.with(
                  Map.of(
                      ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                      "tocsin-dead-letters",
                      ProducerConfig.CLIENT_ID_CONFIG,
                      "tocsin-dead-letters",
                      ProducerConfig.COMPRESSION_TYPE_CONFIG,
                      "lz4",
                      ProducerConfig.LINGER_MS_CONFIG,
                      5,
                      ProducerConfig.MAX_BLOCK_MS_CONFIG,
                      30_000,
                      ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                      LARGEST)),
              new ByteArraySerializer(),
              new ByteArraySerializer());
      try {
        producer.initTransactions();
        return producer;
      } catch (RuntimeException e) {
        producer.close(Duration.ZERO);
        throw e;
      }
    } catch (KafkaException e) {
      throw new UserError(
          "the broker at " + kafka.bootstrapServers() + " does not answer: " + e.getMessage(),
          "check the address and the security settings, or start it");
    }
  }

  /** Takes a record to send; it goes out with the next {@link #mark}. */
  void send(ProducerRecord<byte[], byte[]> record) {
    begin();
    bytes += record.value() == null ? 0 : record.value().length;
    var _ = producer.send(record); // a failure fails the commit
  }

  /** Marks a letter beside it; commits when enough has come together. */
  void mark(Letter letter, DeadLetter mark) {
    begin();
    var _ =
        producer.send(
            new ProducerRecord<>(
                Topics.DEAD_LETTERS, letter.partition(), mark.key(), EventCodec.encode(mark)));
    if (++letters >= LETTERS_AT_ONCE || bytes >= BYTES_AT_ONCE) {
      flush();
    }
  }

  private void begin() {
    if (!begun) {
      producer.beginTransaction();
      begun = true;
    }
  }

  /**
   * Commits what was sent and marked, and waits until who reads only what is committed sees it. A
   * commit alone returns before that, and a list right behind it would show the letters open.
   *
   * @throws UserError when it could not be committed, and then the last of it was not
   */
  void finish() {
    flush();
    producer.close(Duration.ofSeconds(5));
    ready(kafka).close(Duration.ofSeconds(5));
  }

  private void flush() {
    if (!begun) {
      return;
    }
    try {
      producer.commitTransaction();
      begun = false;
      letters = 0;
      bytes = 0;
    } catch (ProducerFencedException e) {
      throw new UserError(
          "another tocsin dead-letters command took over", "let it finish, then run this again");
    } catch (KafkaException e) {
      throw new UserError(
          "the broker did not take the last " + letters + " letters: " + e.getMessage(),
          "run the same again: what was done before is marked and not done twice");
    }
  }

  /** What is not finished may not be done. */
  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
