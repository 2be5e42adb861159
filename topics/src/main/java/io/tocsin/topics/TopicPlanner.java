package io.tocsin.topics;

import io.tocsin.topics.Change.AlterConfig;
import io.tocsin.topics.Change.CreateTopic;
import io.tocsin.topics.Change.IncreasePartitions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares definitions with a cluster. Values in effect are compared, broker defaults included, so
 * that a plan is empty once it was applied, whatever the defaults are.
 */
final class TopicPlanner {

  private final List<Change> changes = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();

  private TopicPlanner() {}

  /** Pure: the same definitions and cluster give the same plan. Other topics are left alone. */
  static Plan plan(Definitions wanted, Map<String, TopicState> cluster) {
    TopicPlanner planner = new TopicPlanner();
    for (TopicDefinition topic : wanted.topics()) {
      TopicState state = cluster.get(topic.name());
      if (state == null) {
        planner.changes.add(new CreateTopic(topic));
      } else {
        planner.comparePartitions(topic, state);
        planner.compareReplication(topic, state);
        planner.compareSettings(topic, state);
      }
    }
    return new Plan(wanted, planner.changes, planner.warnings);
  }

  private void comparePartitions(TopicDefinition topic, TopicState state) {
    int have = state.partitions();
    int want = topic.partitions();
    if (have > want) {
      warn(
          topic,
          "has %d partitions, the definition says %d: Kafka takes none away, and more do no harm"
              .formatted(have, want));
    } else if (have < want && topic.cleanup() == Cleanup.COMPACT) {
      warn(
          topic,
          ("has %d partitions, the definition says %d: growing a compacted topic would leave a key's"
                  + " old value behind in its old partition; empty and recreate it if it must grow")
              .formatted(have, want));
    } else if (have < want) {
      changes.add(new IncreasePartitions(topic.name(), have, want));
    }
  }

  private void compareReplication(TopicDefinition topic, TopicState state) {
    if (topic.replication() != -1 && topic.replication() != state.replication()) {
      warn(
          topic,
          "has %d copies, the definition says %d: move it with kafka-reassign-partitions"
              .formatted(state.replication(), topic.replication()));
    }
  }

  private void compareSettings(TopicDefinition topic, TopicState state) {
    Map<String, AlterConfig.Values> different = new LinkedHashMap<>();
    topic
        .settings()
        .forEach(
            (name, want) -> {
              Setting have = state.settings().get(name);
              if (have == null) {
                warn(topic, "cannot have '%s': this broker knows no such setting".formatted(name));
              } else if (!have.says(want)) {
                different.put(name, new AlterConfig.Values(have.value(), want));
              }
            });
    if (!different.isEmpty()) {
      changes.add(new AlterConfig(topic.name(), different));
    }
  }

  private void warn(TopicDefinition topic, String text) {
    warnings.add(new Warning(topic.name(), text));
  }
}
