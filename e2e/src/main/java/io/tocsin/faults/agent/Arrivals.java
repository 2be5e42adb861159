package io.tocsin.faults.agent;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.EventCodec;
import io.tocsin.event.LogEvent;
import io.tocsin.event.MalformedEventException;
import io.tocsin.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything that came to {@code tocsin.logs}: which event under which id. For one thread. */
final class Arrivals {

  /** The number of each event's id, by its source and its own number. */
  private final Map<String, String> ids = new HashMap<>();

  private final Set<String> different = new HashSet<>();
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private long again;
  private int declaredLosses;

  /** Reads what came since this was last called. */
  void read(String servers) throws MalformedEventException {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            KafkaSettings.of(servers).with(Map.of("max.poll.records", 5_000)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.LOGS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      partitions.forEach(each -> consumer.seek(each, positions.getOrDefault(each, 0L)));
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
          take(EventCodec.decodeLog(record.value()));
        }
      }
      partitions.forEach(each -> positions.put(each, consumer.position(each)));
    }
  }

  private void take(LogEvent event) {
    if (event.event().equals("spool_records_lost")) {
      declaredLosses++;
    }
    if (!event.event().equals("numbered")) {
      return;
    }
    String id = String.valueOf(event.id());
    String known = ids.putIfAbsent(key(String.valueOf(event.source()), event.message()), id);
    if (id.equals(known)) {
      again++;
    } else if (known != null) {
      different.add(known + " and " + id);
    }
  }

  private static String key(String source, String number) {
    return source + ' ' + number;
  }

  boolean has(String source, int number) {
    return ids.containsKey(key(source, Integer.toString(number)));
  }

  int events() {
    return ids.size();
  }

  /** Records that came once more under the id that they had. */
  long again() {
    return again;
  }

  /** Events that came under two ids, and ids that stand for two events. */
  Set<String> wrongIds() {
    Set<String> wrong = new HashSet<>(different);
    Set<String> seen = new HashSet<>();
    ids.values().stream().filter(id -> !seen.add(id)).forEach(wrong::add);
    return wrong;
  }

  int declaredLosses() {
    return declaredLosses;
  }
}
