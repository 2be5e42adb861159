package io.tocsin.alerting;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Shows and changes the rules on {@code tocsin.rules}; running engines follow within two seconds.
 * Stateless and thread-safe.
 */
public final class RulesAdmin {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int TIMEOUT_MS = 30_000;

  private final KafkaSettings kafka;

  /** For one cluster; nothing is asked of it yet. */
  public RulesAdmin(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /**
   * A rule as it stands on the topic.
   *
   * @param rule null when what stands there cannot be read as a rule
   * @param by who applied it
   * @param at when it was written
   */
  public record AppliedRule(@Nullable AlertRule rule, String by, Instant at) {}

  /**
   * The rules on the topic by name.
   *
   * @throws UserError when the cluster does not answer within 30 s or has no such topic
   */
  public SortedMap<String, AppliedRule> list() {
    return explained(this::readAll);
  }

  /**
   * What {@link #apply} would do.
   *
   * @param prune whether rules on the topic that {@code wanted} does not have go
   * @throws UserError as {@link #list} says
   */
  public RulesPlan plan(RuleSet wanted, boolean prune) {
    return RulesPlan.of(list(), wanted, prune);
  }

  /**
   * Writes a plan, as a whole or not at all.
   *
   * @param by who did it, for those who look later
   * @throws UserError when the cluster does not answer within 30 s or refuses
   */
  public void apply(RulesPlan plan, String by) {
    if (!plan.isEmpty()) {
      explained(
          () -> {
            write(plan, by);
            return true;
          });
    }
  }

  private SortedMap<String, AppliedRule> readAll() {
    Map<String, Object> own =
        Map.of(
            ConsumerConfig.CLIENT_ID_CONFIG,
            "tocsin-rules",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            TIMEOUT_MS);
    SortedMap<String, AppliedRule> rules = new TreeMap<>();
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            kafka.with(own), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.RULES).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new UserError(
            "there is no topic " + Topics.RULES, "make it with tocsin topics apply");
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(POLL).forEach(record -> take(record, rules));
      }
    }
    return Collections.unmodifiableSortedMap(rules);
  }

  private static void take(
      ConsumerRecord<String, byte[]> record, SortedMap<String, AppliedRule> rules) {
    if (record.key() == null) {
      return;
    }
    if (record.value() == null) {
      rules.remove(record.key());
      return;
    }
    AlertRule rule;
    try {
      rule = RuleRecord.read(record);
    } catch (ConfigException e) {
      rule = null; // shown as unreadable, and replaced by whatever is applied
    }
    rules.put(
        record.key(),
        new AppliedRule(
            rule,
            RuleRecord.appliedBy(record.headers()),
            Instant.ofEpochMilli(record.timestamp())));
  }

  private void write(RulesPlan plan, String by) {
    Map<String, Object> own =
        Map.of(
            ProducerConfig.CLIENT_ID_CONFIG,
            "tocsin-rules",
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "tocsin-rules-apply",
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            TIMEOUT_MS,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            TIMEOUT_MS / 2,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            TIMEOUT_MS);
    try (Producer<String, byte[]> producer =
        new KafkaProducer<>(kafka.with(own), new StringSerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (RulesPlan.Change change : plan.changes()) {
        ProducerRecord<String, byte[]> record =
            switch (change) {
              case RulesPlan.Change.Add add -> RuleRecord.of(add.rule(), by);
              case RulesPlan.Change.Alter alter -> RuleRecord.of(alter.rule(), by);
              case RulesPlan.Change.Remove remove -> RuleRecord.removal(remove.name(), by);
            };
        Future<RecordMetadata> ignored = producer.send(record); // the commit waits for all
      }
      producer.commitTransaction();
    }
  }

  private <T> T explained(Supplier<T> doing) {
    try {
      return doing.get();
    } catch (KafkaException e) {
      throw new UserError(
          "Kafka at " + kafka.bootstrapServers() + " cannot be used: " + e.getMessage(),
          "check that it runs, and the settings under kafka");
    }
  }
}
