package io.tocsin.notifier.pipeline;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.event.ack.AcknowledgementCodec;
import io.tocsin.event.silence.Silence;
import io.tocsin.event.silence.SilenceCodec;
import io.tocsin.event.silence.Silences;
import io.tocsin.topics.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The silences and acknowledgements on {@code tocsin.silences} as they stand now. Thread-safe.
 *
 * <p>A silence that cannot be read holds nothing back: to be told too much is the lesser evil. An
 * acknowledgement that cannot be read is none.
 */
final class SilenceTopic implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SilenceTopic.class);

  private final FollowedTopic topic;
  private final Map<String, Silence> byId = new HashMap<>();
  private final Map<String, Acknowledgement> byKey = new HashMap<>();
  private volatile Silences silences = Silences.NONE;
  private volatile Acknowledgements acknowledgements = Acknowledgements.NONE;

  SilenceTopic(KafkaSettings kafka, String clientId) {
    topic = new FollowedTopic(kafka, clientId, Topics.SILENCES, this::take);
  }

  /** Reads what stands there up to now. */
  void catchUp() {
    topic.catchUp();
  }

  /** What is silenced; the same object until something changes. Does not wait for the cluster. */
  Silences silences() {
    topic.follow();
    return silences;
  }

  /**
   * Who takes care, as far as was read when silences were last asked for, which every lane does in
   * every pass; the same object until something changes.
   */
  Acknowledgements acknowledgements() {
    return acknowledgements;
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
    topic.close();
  }
}
