package io.tocsin.alerting;

import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.alerting.topology.Reset;
import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.topics.CompactedTopic;
import io.tocsin.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Shows and changes the rules on {@code tocsin.rules}; running engines follow within two seconds.
 * Stateless and thread-safe.
 */
public final class RulesAdmin {

  /** An engine that was away for longer than this may miss a reset. */
  private static final Duration KEPT = Duration.ofDays(7);

  private static final String TRANSACTIONAL_ID = "tocsin-rules-apply";

  private final CompactedTopic topic;

  /** For one cluster; nothing is asked of it yet. */
  public RulesAdmin(KafkaSettings kafka) {
    this.topic = new CompactedTopic(kafka, Topics.RULES, "tocsin-rules");
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
    SortedMap<String, AppliedRule> rules = new TreeMap<>();
    topic.read(record -> take(record, rules));
    return Collections.unmodifiableSortedMap(rules);
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
      topic.writeAsOne(
          TRANSACTIONAL_ID, plan.changes().stream().map(change -> record(change, by)).toList());
    }
  }

  /**
   * Has every engine forget what it knows of a rule, or of some of its groups, once; what fires of
   * it resolves, with a reason. Forgets such wishes of more than a week ago.
   *
   * @param group group-by fields and their values as text; empty for the whole rule
   * @param by who wants it
   * @throws UserError as {@link #list} says
   */
  public void reset(String rule, Map<String, String> group, String by, Instant now) {
    Map<String, byte @Nullable []> records = new TreeMap<>();
    topic.read(
        record -> {
          if (ResetRecord.isKey(record.key())) {
            records.remove(record.key());
            if (record.value() != null && record.timestamp() < now.minus(KEPT).toEpochMilli()) {
              records.put(record.key(), null);
            }
          }
        });
    Reset reset = ResetRecord.of(rule, group, by);
    records.put(reset.key(), ResetRecord.encode(reset, now));
    topic.write(records);
  }

  private static void take(
      ConsumerRecord<String, byte[]> record, SortedMap<String, AppliedRule> rules) {
    if (ResetRecord.isKey(record.key())) {
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

  private static ProducerRecord<String, byte @Nullable []> record(
      RulesPlan.Change change, String by) {
    return switch (change) {
      case RulesPlan.Change.Add add -> RuleRecord.of(add.rule(), by);
      case RulesPlan.Change.Alter alter -> RuleRecord.of(alter.rule(), by);
      case RulesPlan.Change.Remove remove -> RuleRecord.removal(remove.name(), by);
    };
  }
}
