package io.tocsin.notifier.pipeline;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.event.ack.AcknowledgementCodec;
import io.tocsin.event.silence.Silence;
import io.tocsin.event.silence.SilenceCodec;
import io.tocsin.event.silence.Silences;
import io.tocsin.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The silences and acknowledgements on {@code tocsin.silences} as they stand now. Thread-safe.
 *
 * <p>It is read to its end before a lane begins, and followed by whichever lane asks, so it needs
 * no thread of its own: every lane asks at least twice a second. A silence that cannot be read
 * holds nothing back: to be told too much is the lesser evil. An acknowledgement that cannot be
 * read is none.
 */
final class SilenceTopic implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SilenceTopic.class);

  private final KafkaConsumer<String, byte[]> reader;
  private final ReentrantLock reading = new ReentrantLock();
  private final Map<String, Silence> byId = new HashMap<>();
  private final Map<String, Acknowledgement> byKey = new HashMap<>();
  private volatile Silences silences = Silences.NONE;
  private volatile Acknowledgements acknowledgements = Acknowledgements.NONE;

  SilenceTopic(KafkaSettings kafka, String clientId) {
    reader =
        new KafkaConsumer<>(
            kafka.with(
                Map.of(
                    ConsumerConfig.CLIENT_ID_CONFIG,
                    clientId,
                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                    false,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false)),
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }

  /**
   * Reads what stands there up to now.
   *
   * @throws KafkaException when the cluster does not let it
   */
  void catchUp() {
    reading.lock();
    try {
      if (reader.assignment().isEmpty()) {
        begin();
      }
      Map<TopicPartition, Long> ends = reader.endOffsets(reader.assignment());
      while (ends.entrySet().stream()
          .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
        take(reader.poll(Duration.ofMillis(100)));
      }
    } finally {
      reading.unlock();
    }
  }

  private void begin() {
    List<TopicPartition> partitions =
        reader.partitionsFor(Topics.SILENCES).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException(Topics.SILENCES + " is not there");
    }
    reader.assign(partitions);
    reader.seekToBeginning(partitions);
  }

  /** What is silenced; the same object until something changes. Does not wait for the cluster. */
  Silences silences() {
    follow();
    return silences;
  }

  /** Who takes care; the same object until something changes. Does not wait for the cluster. */
  Acknowledgements acknowledgements() {
    follow();
    return acknowledgements;
  }

  private void follow() {
    if (reading.tryLock()) {
      try {
        if (!reader.assignment().isEmpty()) {
          take(reader.poll(Duration.ZERO));
        }
      } catch (InterruptException e) {
        throw e;
      } catch (KafkaException e) {
        LOG.atWarn().addKeyValue("topic", Topics.SILENCES).setCause(e).log("silences not read");
      } finally {
        reading.unlock();
      }
    }
  }

  private void take(ConsumerRecords<String, byte[]> records) {
    boolean silencesChanged = false;
    boolean acknowledgementsChanged = false;
    for (ConsumerRecord<String, byte[]> record : records) {
      if (record.key() == null) {
        continue;
      }
      if (Acknowledgement.isKey(record.key())) {
        acknowledgementsChanged = true;
        put(byKey, record, AcknowledgementCodec::decode);
      } else {
        silencesChanged = true;
        put(byId, record, SilenceCodec::decode);
      }
    }
    if (silencesChanged) {
      silences = byId.isEmpty() ? Silences.NONE : new Silences(byId.values());
    }
    if (acknowledgementsChanged) {
      acknowledgements = new Acknowledgements(byKey);
    }
  }

  private static <T> void put(
      Map<String, T> known, ConsumerRecord<String, byte[]> record, Function<byte[], T> codec) {
    known.remove(record.key());
    byte[] value = record.value();
    if (value == null) {
      return;
    }
    try {
      known.put(record.key(), codec.apply(value));
    } catch (IllegalArgumentException e) {
      LOG.atError()
          .addKeyValue("key", record.key())
          .addKeyValue("offset", record.offset())
          .setCause(e)
          .log("record on the topic of silences ignored: it cannot be read");
    }
  }

  @Override
  public void close() {
    reading.lock();
    try {
      reader.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    } finally {
      reading.unlock();
    }
  }
}
