package io.tocsin.notifier.pipeline;

import io.tocsin.bootstrap.config.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the cluster, for what must get there and for what may. */
final class KafkaOutbox implements Outbox, Announcements.Sink, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaOutbox.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** So many offers are under way at most; what comes on top is lost, and counted. */
  private static final int MOST_OFFERS = 100;

  private final Semaphore offers = new Semaphore(MOST_OFFERS);
  private final KafkaProducer<byte[], byte[]> producer;

  KafkaOutbox(KafkaSettings kafka, String clientId) {
    producer =
        new KafkaProducer<>(
            kafka.with(
                Map.of(
                    ProducerConfig.CLIENT_ID_CONFIG,
                    clientId,
                    ProducerConfig.ACKS_CONFIG,
                    "all",
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    true,
                    ProducerConfig.LINGER_MS_CONFIG,
                    0,
                    // A dead letter is an original of a megabyte in base64, and more.
                    ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                    16 << 20)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Gives up on nothing: what was told and is not recorded would be told again, so there is nothing
   * better to do than to wait for the cluster.
   */
  @Override
  public RecordMetadata write(String topic, byte @Nullable [] key, byte @Nullable [] value)
      throws InterruptedException {
    while (true) {
      try {
        return producer.send(new ProducerRecord<>(topic, key, value)).get();
      } catch (ExecutionException | KafkaException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException("while writing to " + topic);
        }
        LOG.atWarn().addKeyValue("topic", topic).setCause(e).log("record not written yet");
        Thread.sleep(PAUSE);
      }
    }
  }

  /** On a thread of its own: for a topic that is not there even the asking takes a minute. */
  @Override
  public void offer(String topic, byte[] key, byte[] value, Runnable lost) {
    if (!offers.tryAcquire()) {
      lost.run();
      return;
    }
    Thread.ofVirtual()
        .name("tocsin-notifier-offer")
        .start(
            () -> {
              try {
                producer.send(new ProducerRecord<>(topic, key, value)).get();
              } catch (ExecutionException | KafkaException | IllegalStateException e) {
                // The last is a producer that was closed meanwhile.
                LOG.atWarn().addKeyValue("topic", topic).setCause(e).log("record not written");
                lost.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                lost.run();
              } finally {
                offers.release();
              }
            });
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
