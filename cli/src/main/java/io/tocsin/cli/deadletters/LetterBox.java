package io.tocsin.cli.deadletters;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.cli.shared.Progress;
import io.tocsin.event.DeadLetter;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the letters there are. Each reading ends at the same place, where the topic ended when the
 * box was opened, so that two readings see the same. Holds one poll's letters at a time. Not
 * thread-safe.
 */
final class LetterBox implements AutoCloseable {

  private static final Duration STEP = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Takes a letter. */
  interface Visitor {
    void visit(Letter letter);
  }

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends;
  private long unreadable;

  private LetterBox(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    this.consumer = consumer;
    this.ends = ends;
  }

  /**
   * Opens it at this moment.
   *
   * @throws UserError when the cluster cannot be reached or has no such topic
   */
  static LetterBox open(KafkaSettings kafka) {
    try {
      KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(
              kafka.with(
                  Map.of(
                      ConsumerConfig.CLIENT_ID_CONFIG,
                      "tocsin-dead-letters",
                      ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                      "read_committed",
                      ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                      false,
                      // A fetch that waits at the end holds up the second reading from the start.
                      ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                      20,
                      ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                      16 << 20,
                      ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                      4 << 20,
                      ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                      15_000)),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      try {
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        return new LetterBox(consumer, consumer.endOffsets(partitions));
      } catch (RuntimeException e) {
        consumer.close();
        throw e;
      }
    } catch (KafkaException e) {
      throw unreachable(kafka, e);
    }
  }

  private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (PartitionInfo info : consumer.partitionsFor(Topics.DEAD_LETTERS)) {
      partitions.add(new TopicPartition(info.topic(), info.partition()));
    }
    if (partitions.isEmpty()) {
      throw new UserError(
          "there is no topic " + Topics.DEAD_LETTERS, "make the topics: tocsin topics apply");
    }
    return partitions;
  }

  private static UserError unreachable(KafkaSettings kafka, KafkaException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new UserError(
        "the broker at " + kafka.bootstrapServers() + " does not answer: " + cause.getMessage(),
        "check the address and the security settings, or start it");
  }

  /** The marks of all letters. */
  Marks marks(Progress progress) {
    Marks marks = new Marks();
    all(
        letter -> {
          marks.read(letter);
          progress.step();
        });
    return marks;
  }

  /** Every letter and mark, oldest first within its partition. */
  void all(Visitor visitor) {
    unreadable = 0;
    consumer.seekToBeginning(ends.keySet());
    long moved = System.nanoTime();
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      var records = consumer.poll(STEP);
      if (!records.isEmpty()) {
        moved = System.nanoTime();
      } else if (System.nanoTime() - moved > PATIENCE.toNanos()) {
        throw new UserError(
            "the broker stopped sending dead letters", "look after the broker and try again");
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (record.offset() < ends.getOrDefault(partition(record), 0L)) {
          visit(record, visitor);
        }
      }
    }
  }

  private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  private void visit(ConsumerRecord<byte[], byte[]> record, Visitor visitor) {
    @Nullable DeadLetter content = content(record.value());
    if (content == null) {
      unreadable++;
    } else {
      visitor.visit(new Letter(record.partition(), record.offset(), content));
    }
  }

  /** Null for what somebody else put there. */
  @SuppressWarnings("ConstantValue") // JSON may lack what the record type promises
  private static @Nullable DeadLetter content(byte @Nullable [] json) {
    if (json == null) {
      return null;
    }
    try {
      DeadLetter content = EventCodec.decodeDeadLetter(json);
      return content.ts() == null || content.stage() == null || content.reason() == null
          ? null
          : content;
    } catch (MalformedEventException e) {
      return null;
    }
  }

  /** Records of the last reading that are no letters. */
  long unreadable() {
    return unreadable;
  }

  /** Where each partition ended when the box was opened. */
  Map<TopicPartition, Long> ends() {
    return Map.copyOf(ends);
  }

  /** The sum of the offsets at which the partitions begin now. */
  long beginnings() {
    return consumer.beginningOffsets(ends.keySet()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
