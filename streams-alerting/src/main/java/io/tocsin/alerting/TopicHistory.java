package io.tocsin.alerting;

import io.tocsin.alerting.engine.EventRecord;
import io.tocsin.alerting.rule.Origin;
import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What stands on the input topics, in the order in which it was appended. Reads only: it belongs to
 * no group and commits nothing. Not thread-safe.
 *
 * <p>Records of one partition keep their order; those of several are merged by their append time,
 * so that the same history gives the same order every time.
 */
public final class TopicHistory implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int TIMEOUT_MS = 30_000;
  private static final int BUFFERED = 2_000;

  /** The edge's clock may be ahead of the broker's by so much. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private static final Comparator<ConsumerRecord<byte[], byte[]>> APPENDED =
      Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
          .thenComparing(ConsumerRecord::topic)
          .thenComparingInt(ConsumerRecord::partition);

  private final KafkaSettings kafka;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> buffers =
      new TreeMap<>(
          Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));
  private long total;

  /**
   * Finds where to begin and where to end, which is what stands there now.
   *
   * @param from no record that was appended much before is read
   * @throws UserError when the cluster does not answer within 30 s or has no such topics
   */
  public TopicHistory(KafkaSettings kafka, Collection<Origin> origins, Instant from) {
    this.kafka = kafka;
    this.consumer =
        new KafkaConsumer<>(
            kafka.with(
                Map.of(
                    ConsumerConfig.CLIENT_ID_CONFIG,
                    "tocsin-backtest",
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest",
                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                    false,
                    ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    TIMEOUT_MS)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    try {
      consumer.assign(
          origins.stream()
              .map(TopicHistory::topicOf)
              .distinct()
              .flatMap(this::partitions)
              .toList());
      seek(from.minus(SKEW));
    } catch (KafkaException e) {
      consumer.close();
      throw unusable(e);
    }
  }

  private Stream<TopicPartition> partitions(String topic) {
    var partitions = consumer.partitionsFor(topic);
    if (partitions.isEmpty()) {
      throw new UserError("there is no topic " + topic, "make it with tocsin topics apply");
    }
    return partitions.stream().map(info -> new TopicPartition(info.topic(), info.partition()));
  }

  private void seek(Instant from) {
    Map<TopicPartition, Long> asked = new HashMap<>();
    long time = Math.max(0, from.toEpochMilli());
    consumer.assignment().forEach(partition -> asked.put(partition, time));
    ends.putAll(consumer.endOffsets(consumer.assignment()));
    consumer
        .offsetsForTimes(asked)
        .forEach(
            (partition, found) -> {
              long end = ends.getOrDefault(partition, 0L);
              long begin = found == null ? end : Math.min(found.offset(), end);
              consumer.seek(partition, begin);
              total += end - begin;
              buffers.put(partition, new ArrayDeque<>());
            });
  }

  /** About how many records there are to read. */
  public long total() {
    return total;
  }

  /**
   * Hands on every event, once.
   *
   * @return how many records were no events, and left out
   * @throws UserError when the cluster does not answer for 30 s
   */
  public long forEach(Consumer<EventRecord> each) {
    long unreadable = 0;
    try {
      for (var next = next(); next != null; next = next()) {
        EventRecord event = decode(next);
        if (event == null) {
          unreadable++;
        } else {
          each.accept(event);
        }
      }
    } catch (KafkaException e) {
      throw unusable(e);
    }
    return unreadable;
  }

  /** The record appended first among those not handed on; null at the end. */
  private @Nullable ConsumerRecord<byte[], byte[]> next() {
    fill();
    Deque<ConsumerRecord<byte[], byte[]>> first = null;
    for (var buffer : buffers.values()) {
      if (!buffer.isEmpty()
          && (first == null || APPENDED.compare(buffer.getFirst(), first.getFirst()) < 0)) {
        first = buffer;
      }
    }
    return first == null ? null : first.removeFirst();
  }

  /** Reads on until every partition that is not at its end has a record at hand. */
  private void fill() {
    long progress = System.nanoTime();
    while (buffers.entrySet().stream()
        .anyMatch(e -> e.getValue().isEmpty() && isOpen(e.getKey()))) {
      pauseFull();
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        TopicPartition from = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < ends.getOrDefault(from, 0L)) {
          buffers.computeIfAbsent(from, p -> new ArrayDeque<>()).add(record);
        }
      }
      if (!records.isEmpty()) {
        progress = System.nanoTime();
      } else if (System.nanoTime() - progress > TIMEOUT_MS * 1_000_000L) {
        throw new KafkaException("nothing more came within 30 s");
      }
    }
  }

  private void pauseFull() {
    List<TopicPartition> full =
        buffers.entrySet().stream()
            .filter(e -> e.getValue().size() >= BUFFERED || !isOpen(e.getKey()))
            .map(Map.Entry::getKey)
            .toList();
    consumer.resume(consumer.paused());
    consumer.pause(full);
  }

  private boolean isOpen(TopicPartition partition) {
    return consumer.position(partition) < ends.getOrDefault(partition, 0L);
  }

  /** Null for what production gives up as a dead letter. */
  private static @Nullable EventRecord decode(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return null;
    }
    try {
      return record.topic().equals(Topics.TELEMETRY)
          ? EventRecord.of(EventCodec.decodeTelemetry(record.value()))
          : EventRecord.of(EventCodec.decodeLog(record.value()));
    } catch (MalformedEventException e) {
      return null;
    }
  }

  private static String topicOf(Origin origin) {
    return switch (origin) {
      case LOGS -> Topics.LOGS;
      case TELEMETRY -> Topics.TELEMETRY;
    };
  }

  private UserError unusable(KafkaException e) {
    return new UserError(
        "Kafka at " + kafka.bootstrapServers() + " cannot be used: " + e.getMessage(),
        "check that it runs, and the settings under kafka");
  }

  @Override
  public void close() {
    consumer.close();
  }
}
