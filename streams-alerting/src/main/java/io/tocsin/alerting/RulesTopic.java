package io.tocsin.alerting;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.alerting.topology.Reset;
import io.tocsin.alerting.topology.RuleBook;
import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code tocsin.rules} and keeps the rule book by it: a rule there stands in for the one of
 * the same name in the files, and a tombstone brings that back. Every instance reads all of it.
 *
 * <p>A record's key is the rule's name, its value the rule as one JSON object. What cannot be read
 * as a rule is reported and leaves what was in force. Beside the rules stand resets of their state.
 */
final class RulesTopic implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RulesTopic.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long AFTER_TROUBLE_MS = 1000;

  private final KafkaSettings kafka;
  private final RuleSet fromFiles;
  private final RuleBook book;
  private final Thread thread;
  private final CountDownLatch loaded = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, AlertRule> onTopic = new TreeMap<>();
  private final Map<String, Reset> resets = new TreeMap<>();
  private volatile @Nullable Consumer<?, ?> reading;

  RulesTopic(KafkaSettings kafka, RuleSet fromFiles, RuleBook book) {
    this.kafka = kafka;
    this.fromFiles = fromFiles;
    this.book = book;
    this.thread = Thread.ofPlatform().name("alerting-rules").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Waits until all that stood on the topic at the start is in force; false when it is not yet. */
  boolean isLoadedWithin(Duration wait) throws InterruptedException {
    return loaded.await(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    closed.countDown();
    Consumer<?, ?> consumer = reading;
    if (consumer != null) {
      consumer.wakeup();
    }
  }

  private void run() {
    while (!isClosed()) {
      try (Consumer<String, byte[]> consumer = connect()) {
        reading = consumer;
        follow(consumer);
      } catch (WakeupException e) {
        LOG.atDebug().log("rules no longer followed");
      } catch (KafkaException e) {
        LOG.atWarn()
            .addKeyValue("topic", Topics.RULES)
            .addKeyValue("reason", e.toString())
            .log("rules not readable, trying again");
        pause();
      }
    }
  }

  private Consumer<String, byte[]> connect() {
    Map<String, Object> own =
        Map.of(
            ConsumerConfig.CLIENT_ID_CONFIG, "tocsin-alerting-rules",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return new KafkaConsumer<>(
        kafka.with(own), new StringDeserializer(), new ByteArrayDeserializer());
  }

  private void follow(Consumer<String, byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.RULES).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    boolean changed = false;
    while (!isClosed()) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        changed |= take(record);
      }
      boolean first = loaded.getCount() > 0;
      boolean atEnd =
          ends.entrySet().stream()
              .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
      if (changed && (!first || atEnd)) {
        book.replace(inForce(), List.copyOf(resets.values()));
        changed = false;
      }
      if (first && atEnd) {
        loaded.countDown();
      }
    }
  }

  /** True when it changes what is in force. */
  private boolean take(ConsumerRecord<String, byte[]> record) {
    String name = record.key();
    if (name == null) {
      return false;
    }
    if (ResetRecord.isKey(name)) {
      return takeReset(record);
    }
    if (record.value() == null) {
      return onTopic.remove(name) != null;
    }
    AlertRule rule = read(record);
    if (rule == null) {
      return false;
    }
    return !rule.equals(onTopic.put(name, rule));
  }

  private boolean takeReset(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return resets.remove(record.key()) != null;
    }
    try {
      resets.put(record.key(), ResetRecord.decode(record.key(), record.value()));
      return true;
    } catch (IllegalArgumentException e) {
      LOG.atError()
          .addKeyValue("key", record.key())
          .addKeyValue("reason", e.getMessage())
          .log("reset ignored: it cannot be read");
      return false;
    }
  }

  private static @Nullable AlertRule read(ConsumerRecord<String, byte[]> record) {
    try {
      return RuleRecord.read(record);
    } catch (ConfigException e) {
      LOG.atError()
          .addKeyValue("rule", record.key())
          .addKeyValue("problems", e.getMessage())
          .log("rule ignored: it cannot be read");
      return null;
    }
  }

  private RuleSet inForce() {
    Map<String, AlertRule> rules = new LinkedHashMap<>();
    fromFiles.rules().forEach(rule -> rules.put(rule.name(), rule));
    rules.putAll(onTopic);
    return new RuleSet(new ArrayList<>(rules.values()));
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void pause() {
    try {
      boolean ignored = closed.await(AFTER_TROUBLE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closed.countDown(); // nobody reads on for whoever interrupts
    }
  }
}
