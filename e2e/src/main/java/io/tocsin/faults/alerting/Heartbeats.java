package io.tocsin.faults.alerting;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.faults.stage.TopicReader;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The heartbeats as the topic has them. A broker that is away for long leaves a silence there,
 * though the service lives: to ring then is right.
 */
final class Heartbeats {

  private Heartbeats() {}

  /** The event times of heartbeats after which none was appended for longer than this. */
  static Set<Instant> beforeSilences(KafkaSettings kafka, Duration longerThan)
      throws MalformedEventException {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    byte[] key = EventWriter.BEATING.getBytes(StandardCharsets.UTF_8);
    TopicReader.read(
        kafka,
        Topics.LOGS,
        record -> {
          if (Arrays.equals(record.key(), key)) {
            records.add(record);
          }
        });
    Set<Instant> silences = new HashSet<>();
    Instant last = Instant.MAX;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (last.isBefore(Instant.ofEpochMilli(record.timestamp()).minus(longerThan))) {
        silences.add(last);
      }
      last = EventCodec.decodeLog(record.value()).ts();
    }
    return silences;
  }
}
