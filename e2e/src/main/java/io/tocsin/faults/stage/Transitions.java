package io.tocsin.faults.stage;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.topics.Topics;
import java.util.ArrayList;
import java.util.List;

/** What is committed on {@code tocsin.alerts}. */
public final class Transitions {

  private Transitions() {}

  /** All of them up to this moment, in the order of their partitions. */
  public static List<Alert> read(String bootstrapServers) throws MalformedEventException {
    List<byte[]> records = new ArrayList<>();
    TopicReader.read(
        KafkaSettings.of(bootstrapServers), Topics.ALERTS, record -> records.add(record.value()));
    List<Alert> alerts = new ArrayList<>();
    for (byte[] record : records) {
      alerts.add(EventCodec.decodeAlert(record));
    }
    return alerts;
  }
}
