package io.tocsin.console.change;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.event.ack.AcknowledgementCodec;
import io.tocsin.topics.Topics;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes acknowledgements to {@code tocsin.silences}. Stateless and thread-safe. */
final class AckWriter {

  private static final int TIMEOUT_MS = 30_000;

  private final KafkaSettings kafka;

  AckWriter(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /**
   * Puts it in force, in place of one of the same episode.
   *
   * @throws UserError when the cluster does not take it within 30 s
   */
  void put(Acknowledgement ack) {
    write(ack.key(), AcknowledgementCodec.encode(ack));
  }

  /**
   * Takes it back.
   *
   * @throws UserError as {@link #put} says
   */
  void remove(Acknowledgement ack) {
    write(ack.key(), null);
  }

  private void write(String key, byte @Nullable [] value) {
    Map<String, Object> own =
        Map.of(
            ProducerConfig.CLIENT_ID_CONFIG,
            "tocsin-console-acks",
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            TIMEOUT_MS,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            TIMEOUT_MS / 2,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            TIMEOUT_MS);
    try (Producer<String, byte @Nullable []> producer =
        new KafkaProducer<>(kafka.with(own), new StringSerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(Topics.SILENCES, key, value)).get();
    } catch (KafkaException e) {
      throw unusable(e);
    } catch (ExecutionException e) {
      throw unusable(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("interrupted while writing", "try again");
    }
  }

  private UserError unusable(Throwable e) {
    return new UserError(
        "Kafka at " + kafka.bootstrapServers() + " cannot be used: " + e.getMessage(),
        "check that it runs, and the settings under kafka");
  }
}
