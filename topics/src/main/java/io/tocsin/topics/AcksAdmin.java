package io.tocsin.topics;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Status;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.event.ack.AcknowledgementCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows and changes who takes care of which alert, on {@code tocsin.silences}; running notifiers
 * follow within a second. Stateless and thread-safe.
 */
public final class AcksAdmin {

  private static final Logger LOG = LoggerFactory.getLogger(AcksAdmin.class);
  private static final int LEAST_PREFIX = 4;
  private static final int MOST_SHOWN = 10;

  /** The end of an episode may be read late, as late as alerts stay on their topic. */
  static final Duration KEPT = Duration.ofDays(35);

  private final CompactedTopic silences;
  private final AlertStates alerts;

  /** For one cluster; nothing is asked of it yet. */
  public AcksAdmin(KafkaSettings kafka) {
    this.silences = new CompactedTopic(kafka, Topics.SILENCES, "tocsin-acks");
    this.alerts = new AlertStates(kafka);
  }

  /**
   * All acknowledgements by episode, with those of episodes that are over.
   *
   * @throws UserError when the cluster does not answer within 30 s or has no such topic
   */
  public SortedMap<String, Acknowledgement> list() {
    SortedMap<String, Acknowledgement> acks = new TreeMap<>();
    silences.read(record -> takeAck(record, acks));
    return Collections.unmodifiableSortedMap(acks);
  }

  /**
   * The alert that fires under an episode, a fingerprint, or the beginning of one.
   *
   * @throws UserError when none does, or more than one; and as {@link #list} says
   */
  public Alert firing(String reference) {
    return firing(reference, alerts.latest().values());
  }

  static Alert firing(String reference, Collection<Alert> alerts) {
    List<Alert> meant = alerts.stream().filter(alert -> isMeant(reference, alert)).toList();
    List<Alert> firing = meant.stream().filter(a -> a.status() == Status.FIRING).toList();
    if (firing.size() == 1) {
      return firing.getFirst();
    }
    if (firing.size() > 1) {
      throw new UserError(
          firing.size() + " alerts that fire begin with " + reference + ":" + shown(firing),
          "give more of it");
    }
    if (meant.size() == 1) {
      throw new UserError(
          "the alert " + line(meant.getFirst()) + " is over since " + meant.getFirst().at(),
          "only what fires can be acknowledged");
    }
    List<Alert> all = alerts.stream().filter(a -> a.status() == Status.FIRING).toList();
    throw new UserError(
        "no alert fires under " + reference + (all.isEmpty() ? "; none fires at all" : ""),
        all.isEmpty()
            ? "wait until one does"
            : "give an episode, a fingerprint, or its first "
                + LEAST_PREFIX
                + " characters or more; these fire:"
                + shown(all));
  }

  /**
   * Puts an acknowledgement in force, in place of one of the same episode, and forgets those of
   * episodes that were over long ago.
   *
   * @param now which are these
   * @throws UserError as {@link #list} says
   */
  public void put(Acknowledgement ack, Instant now) {
    Instant horizon = now.minus(KEPT);
    Set<String> open = alerts.firing().stream().map(Alert::episode).collect(Collectors.toSet());
    Map<String, byte @Nullable []> records = new TreeMap<>();
    for (Acknowledgement old : list().values()) {
      if (old.createdAt().isBefore(horizon) && !open.contains(old.episode())) {
        records.put(old.key(), null);
      }
    }
    records.put(ack.key(), AcknowledgementCodec.encode(ack));
    silences.write(records);
  }

  /**
   * Takes an acknowledgement back.
   *
   * @throws UserError as {@link #list} says
   */
  public void remove(Acknowledgement ack) {
    Map<String, byte @Nullable []> records = new TreeMap<>();
    records.put(ack.key(), null);
    silences.write(records);
  }

  private static boolean isMeant(String reference, Alert alert) {
    return reference.length() >= LEAST_PREFIX && alert.episode().startsWith(reference);
  }

  private static String shown(List<Alert> alerts) {
    String lines =
        alerts.stream()
            .limit(MOST_SHOWN)
            .map(alert -> "\n  " + line(alert))
            .collect(Collectors.joining());
    return alerts.size() <= MOST_SHOWN ? lines : lines + "\n  and others";
  }

  private static String line(Alert alert) {
    return alert.episode() + "  " + alert.rule() + " " + alert.group();
  }

  private static void takeAck(
      ConsumerRecord<String, byte[]> record, Map<String, Acknowledgement> acks) {
    if (!Acknowledgement.isKey(record.key())) {
      return;
    }
    acks.values().removeIf(ack -> ack.key().equals(record.key()));
    if (record.value() != null) {
      try {
        Acknowledgement ack = AcknowledgementCodec.decode(record.value());
        acks.put(ack.episode(), ack);
      } catch (IllegalArgumentException e) {
        LOG.atWarn()
            .addKeyValue("key", record.key())
            .addKeyValue("reason", e.getMessage())
            .log("acknowledgement not readable");
      }
    }
  }
}
