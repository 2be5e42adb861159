package io.tocsin.faults.serial;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.EventCodec;
import io.tocsin.event.LogEvent;
import io.tocsin.event.MalformedEventException;
import io.tocsin.event.Telemetry;
import io.tocsin.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What devices and their ports say on the topics, as it comes. For one thread. */
final class Feed implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Account account;
  private final List<LogEvent> events = new ArrayList<>();

  /** Takes the numbers of frames to account. */
  Feed(String servers, Account account) {
    this.account = account;
    this.consumer =
        new KafkaConsumer<>(
            KafkaSettings.of(servers).with(Map.of()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Stream.of(Topics.LOGS, Topics.TELEMETRY)
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Waits for the nth event of a kind; false when it does not come within a minute. */
  boolean await(String kind, int nth) throws MalformedEventException {
    return await(feed -> feed.of(kind).size() >= nth);
  }

  /** Waits until all frames that were sent are there; false when they do not come. */
  boolean awaitFrames() throws MalformedEventException {
    return await(feed -> feed.account.isComplete());
  }

  /** All events of a kind so far. */
  List<LogEvent> of(String kind) {
    return events.stream().filter(event -> event.event().equals(kind)).toList();
  }

  @Override
  public void close() {
    consumer.close();
  }

  private boolean await(Predicate<Feed> met) throws MalformedEventException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!met.test(this)) {
      if (System.nanoTime() > end) {
        return false;
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        take(record);
      }
    }
    return true;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) throws MalformedEventException {
    if (record.topic().equals(Topics.LOGS)) {
      events.add(EventCodec.decodeLog(record.value()));
      return;
    }
    Telemetry telemetry = EventCodec.decodeTelemetry(record.value());
    if (telemetry.values().get("N") instanceof Number number) {
      account.came(number.intValue());
    }
  }
}
