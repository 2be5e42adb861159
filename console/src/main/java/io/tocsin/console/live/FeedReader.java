package io.tocsin.console.live;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One consumer's life: the boards' topics from their beginning, the firehose from its end and only
 * while somebody watches. It belongs to no group and commits nothing, so any number of consoles
 * read the same. For one thread, but for {@link #wakeup}.
 */
final class FeedReader implements AutoCloseable {

  private static final List<String> BOARDS =
      List.of(Topics.ALERT_STATE, Topics.HEALTH, Topics.SILENCES);
  private static final List<String> FIREHOSE = List.of(Topics.LOGS, Topics.TELEMETRY);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration RECHECK = Duration.ofMinutes(1);

  /** A newcomer's view goes back so far, which covers what the index does not show yet. */
  private static final Duration LOOK_BACK = Duration.ofSeconds(3);

  /** Live means now: who is further behind goes on at the end. */
  private static final long MAX_LAG = 20_000;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final RecordIntake intake;
  private final InstantSource clock;
  private final List<TopicPartition> boards = new ArrayList<>();
  private final List<TopicPartition> firehose = new ArrayList<>();
  private Map<TopicPartition, Long> ends = Map.of();
  private boolean watched;

  FeedReader(KafkaSettings kafka, RecordIntake intake, InstantSource clock) {
    this.intake = intake;
    this.clock = clock;
    Map<String, Object> own = new HashMap<>();
    own.put(ConsumerConfig.CLIENT_ID_CONFIG, "tocsin-console");
    own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    own.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    // A board whose offsets are gone belongs to another topic of the same name: begin anew.
    own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    this.consumer =
        new KafkaConsumer<>(
            kafka.with(own), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * Finds the partitions.
   *
   * @return the topic that is not there yet; empty when all are
   */
  String assign() {
    for (String topic : BOARDS) {
      boards.addAll(partitions(topic));
      if (boards.stream().noneMatch(partition -> partition.topic().equals(topic))) {
        return topic;
      }
    }
    for (String topic : FIREHOSE) {
      firehose.addAll(partitions(topic));
      if (firehose.stream().noneMatch(partition -> partition.topic().equals(topic))) {
        return topic;
      }
    }
    List<TopicPartition> all = new ArrayList<>(boards);
    all.addAll(firehose);
    consumer.assign(all);
    consumer.seekToBeginning(boards);
    consumer.seekToEnd(firehose);
    consumer.pause(firehose);
    ends = new HashMap<>(consumer.endOffsets(boards));
    return "";
  }

  private List<TopicPartition> partitions(String topic) {
    List<PartitionInfo> infos = consumer.partitionsFor(topic);
    return infos == null
        ? List.of()
        : infos.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  /** Reads until it is woken up, or until a topic has other partitions than before. */
  void read(Broadcast broadcast, Runnable caughtUp, Consumer<String> lost) {
    Instant recheck = clock.instant().plus(RECHECK);
    boolean complete = false;
    while (true) {
      watch(broadcast.watching() > 0);
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        intake.take(record, complete);
      }
      if (!complete && boardsComplete()) {
        complete = true;
        caughtUp.run();
      }
      if (watched && intake.report()) {
        skipWhatIsFarBehind();
      }
      if (clock.instant().isAfter(recheck)) {
        recheck = clock.instant().plus(RECHECK);
        if (partitionsChanged()) {
          lost.accept("partitions");
          return;
        }
      }
    }
  }

  private boolean boardsComplete() {
    ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
    return ends.isEmpty();
  }

  private boolean partitionsChanged() {
    return BOARDS.stream().mapToInt(topic -> partitions(topic).size()).sum() != boards.size()
        || FIREHOSE.stream().mapToInt(topic -> partitions(topic).size()).sum() != firehose.size();
  }

  /** Parsing every log event costs; nobody pays while nobody looks. */
  private void watch(boolean wanted) {
    if (wanted == watched) {
      return;
    }
    watched = wanted;
    if (!wanted) {
      consumer.pause(firehose);
      return;
    }
    long from = clock.instant().minus(LOOK_BACK).toEpochMilli();
    Map<TopicPartition, Long> times = new HashMap<>();
    firehose.forEach(partition -> times.put(partition, from));
    Map<TopicPartition, OffsetAndTimestamp> offsets = consumer.offsetsForTimes(times);
    for (TopicPartition partition : firehose) {
      OffsetAndTimestamp offset = offsets.get(partition);
      if (offset == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, offset.offset());
      }
    }
    intake.begin();
    consumer.resume(firehose);
  }

  private void skipWhatIsFarBehind() {
    for (TopicPartition partition : firehose) {
      long lag = consumer.currentLag(partition).orElse(0);
      if (lag > MAX_LAG) {
        consumer.seekToEnd(List.of(partition));
        intake.lagged(lag);
      }
    }
  }

  /** Ends {@link #read} with a WakeupException; from any thread. */
  void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
  }
}
