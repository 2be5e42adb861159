package io.tocsin.notifier.pipeline;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.topics.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What fires, by {@code tocsin.alert-state}. Thread-safe. */
final class AlertStateTopic implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AlertStateTopic.class);

  private final FiringAlerts firing = new FiringAlerts();
  private final FollowedTopic topic;

  AlertStateTopic(KafkaSettings kafka, String clientId) {
    topic = new FollowedTopic(kafka, clientId, Topics.ALERT_STATE, this::take);
  }

  /** Reads what stands there up to now. */
  void catchUp() {
    topic.catchUp();
  }

  /** What fires as far as is known; does not wait for the cluster. */
  FiringAlerts firing() {
    topic.follow();
    return firing;
  }

  private void take(ConsumerRecords<String, byte[]> records) {
    for (ConsumerRecord<String, byte[]> record : records) {
      if (record.key() != null) {
        take(record);
      }
    }
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    byte[] value = record.value();
    if (value == null) {
      firing.forget(record.key());
      return;
    }
    try {
      firing.take(EventCodec.decodeAlert(value));
    } catch (MalformedEventException e) {
      LOG.atWarn()
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .setCause(e)
          .log("state of an alert not understood");
    }
  }

  @Override
  public void close() {
    topic.close();
  }
}
