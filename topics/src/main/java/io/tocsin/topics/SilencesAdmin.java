package io.tocsin.topics;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.silence.Silence;
import io.tocsin.event.silence.Silence.State;
import io.tocsin.event.silence.SilenceCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows and changes the silences on {@code tocsin.silences}; running notifiers follow within a
 * second. Stateless and thread-safe.
 */
public final class SilencesAdmin {

  private static final Logger LOG = LoggerFactory.getLogger(SilencesAdmin.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int TIMEOUT_MS = 30_000;

  /** Alerts stay on their topic for 30 days; whoever reads one late must know what silenced it. */
  static final Duration KEPT = Duration.ofDays(35);

  private final KafkaSettings kafka;

  /** For one cluster; nothing is asked of it yet. */
  public SilencesAdmin(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /**
   * All silences by id, with those that expired in the last weeks. What cannot be read as a silence
   * is left out, with a warning in the log.
   *
   * @throws UserError when the cluster does not answer within 30 s or has no such topic
   */
  public SortedMap<String, Silence> list() {
    try {
      return readAll();
    } catch (KafkaException e) {
      throw unusable(e);
    }
  }

  /**
   * Puts a silence in force, in place of one of the same id, and forgets those that expired long
   * ago.
   *
   * @param now which are these
   * @throws UserError as {@link #list} says
   */
  public void put(Silence silence, Instant now) {
    Instant horizon = now.minus(KEPT);
    Map<String, byte @Nullable []> records = new TreeMap<>();
    for (Silence old : list().values()) {
      if (old.state(horizon) == State.EXPIRED) {
        records.put(old.id(), null);
      }
    }
    records.put(silence.id(), SilenceCodec.encode(silence));
    write(records);
  }

  /**
   * Ends a silence. One that has begun stays on the topic as ended, so that it is known what it had
   * silenced; one that has not is removed.
   *
   * @return false when there is none of this id, or it is over already
   * @throws UserError as {@link #list} says
   */
  public boolean end(String id, Instant now) {
    Silence silence = list().get(id);
    if (silence == null || silence.state(now) == State.EXPIRED) {
      return false;
    }
    byte[] ended =
        silence.startsAt().isBefore(now) ? SilenceCodec.encode(silence.endedAt(now)) : null;
    Map<String, byte @Nullable []> records = new TreeMap<>();
    records.put(id, ended);
    write(records);
    return true;
  }

  private SortedMap<String, Silence> readAll() {
    Map<String, Object> own =
        Map.of(
            ConsumerConfig.CLIENT_ID_CONFIG,
            "tocsin-silences",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            TIMEOUT_MS);
    SortedMap<String, Silence> silences = new TreeMap<>();
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            kafka.with(own), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.SILENCES).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new UserError(
            "there is no topic " + Topics.SILENCES, "make it with tocsin topics apply");
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(POLL).forEach(record -> take(record, silences));
      }
    }
    return Collections.unmodifiableSortedMap(silences);
  }

  private static void take(
      ConsumerRecord<String, byte[]> record, SortedMap<String, Silence> silences) {
    if (record.key() == null) {
      return;
    }
    silences.remove(record.key());
    if (record.value() != null) {
      try {
        silences.put(record.key(), SilenceCodec.decode(record.value()));
      } catch (IllegalArgumentException e) {
        LOG.atWarn()
            .addKeyValue("silence", record.key())
            .addKeyValue("reason", e.getMessage())
            .log("silence not readable");
      }
    }
  }

  private void write(Map<String, byte @Nullable []> records) {
    Map<String, Object> own =
        Map.of(
            ProducerConfig.CLIENT_ID_CONFIG,
            "tocsin-silences",
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
      for (Map.Entry<String, byte @Nullable []> record : records.entrySet()) {
        producer
            .send(new ProducerRecord<>(Topics.SILENCES, record.getKey(), record.getValue()))
            .get();
      }
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
