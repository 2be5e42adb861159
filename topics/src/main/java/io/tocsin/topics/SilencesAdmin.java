package io.tocsin.topics;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.event.silence.Silence;
import io.tocsin.event.silence.Silence.State;
import io.tocsin.event.silence.SilenceCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows and changes the silences on {@code tocsin.silences}; running notifiers follow within a
 * second. Stateless and thread-safe.
 */
public final class SilencesAdmin {

  private static final Logger LOG = LoggerFactory.getLogger(SilencesAdmin.class);

  /** Alerts stay on their topic for 30 days; whoever reads one late must know what silenced it. */
  static final Duration KEPT = Duration.ofDays(35);

  private final CompactedTopic topic;

  /** For one cluster; nothing is asked of it yet. */
  public SilencesAdmin(KafkaSettings kafka) {
    this.topic = new CompactedTopic(kafka, Topics.SILENCES, "tocsin-silences");
  }

  /**
   * All silences by id, with those that expired in the last weeks. What cannot be read as a silence
   * is left out, with a warning in the log.
   *
   * @throws UserError when the cluster does not answer within 30 s or has no such topic
   */
  public SortedMap<String, Silence> list() {
    SortedMap<String, Silence> silences = new TreeMap<>();
    topic.read(record -> take(record, silences));
    return Collections.unmodifiableSortedMap(silences);
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
    topic.write(records);
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
    topic.write(records);
    return true;
  }

  private static void take(
      ConsumerRecord<String, byte[]> record, SortedMap<String, Silence> silences) {
    if (Acknowledgement.isKey(record.key())) {
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
}
