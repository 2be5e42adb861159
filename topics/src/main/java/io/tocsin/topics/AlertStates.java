package io.tocsin.topics;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Status;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How every alert stands, read from {@code tocsin.alert-state}. Stateless and thread-safe. */
public final class AlertStates {

  private static final Logger LOG = LoggerFactory.getLogger(AlertStates.class);

  private final CompactedTopic topic;

  /** For one cluster; nothing is asked of it yet. */
  public AlertStates(KafkaSettings kafka) {
    this.topic = new CompactedTopic(kafka, Topics.ALERT_STATE, "tocsin-alert-states");
  }

  /**
   * The latest transition of every alert, by fingerprint. What cannot be read as one is left out,
   * with a warning in the log.
   *
   * @throws UserError when the cluster does not answer within 30 s or has no such topic
   */
  public SortedMap<String, Alert> latest() {
    SortedMap<String, Alert> alerts = new TreeMap<>();
    topic.read(record -> take(record, alerts));
    return Collections.unmodifiableSortedMap(alerts);
  }

  /**
   * The alerts that fire now.
   *
   * @throws UserError as {@link #latest} says
   */
  public List<Alert> firing() {
    return latest().values().stream().filter(alert -> alert.status() == Status.FIRING).toList();
  }

  private static void take(ConsumerRecord<String, byte[]> record, SortedMap<String, Alert> alerts) {
    alerts.remove(record.key());
    if (record.value() != null) {
      try {
        alerts.put(record.key(), EventCodec.decodeAlert(record.value()));
      } catch (MalformedEventException e) {
        LOG.atWarn()
            .addKeyValue("alert", record.key())
            .addKeyValue("reason", e.getMessage())
            .log("alert not readable");
      }
    }
  }
}
