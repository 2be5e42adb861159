package io.tocsin.topics;

import io.tocsin.bootstrap.UserError;
import io.tocsin.topics.Change.AlterConfig;
import io.tocsin.topics.Change.CreateTopic;
import io.tocsin.topics.Change.IncreasePartitions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Takes a plan's steps. */
final class PlanExecutor {

  private static final Duration POLL = Duration.ofMillis(50);

  private final Admin admin;
  private final ClusterCalls calls;
  private final ClusterReader reader;

  PlanExecutor(Admin admin, ClusterCalls calls, ClusterReader reader) {
    this.admin = admin;
    this.calls = calls;
    this.reader = reader;
  }

  void execute(Change change) {
    switch (change) {
      case CreateTopic create -> create(create.definition());
      case IncreasePartitions grow -> grow(grow);
      case AlterConfig alter -> alter(alter);
    }
  }

  private void create(TopicDefinition topic) {
    Optional<Short> copies =
        topic.replication() == -1 ? Optional.empty() : Optional.of((short) topic.replication());
    NewTopic created =
        new NewTopic(topic.name(), Optional.of(topic.partitions()), copies)
            .configs(topic.settings());
    calls.done(
        admin.createTopics(List.of(created)).all(),
        "creating " + topic.name(),
        TopicExistsException.class::isInstance);
  }

  private void grow(IncreasePartitions grow) {
    // "Already has so many" is what another one, applying the same, has brought about.
    calls.done(
        admin.createPartitions(Map.of(grow.topic(), NewPartitions.increaseTo(grow.to()))).all(),
        "adding partitions to " + grow.topic(),
        InvalidPartitionsException.class::isInstance);
  }

  private void alter(AlterConfig alter) {
    List<AlterConfigOp> settings =
        alter.settings().entrySet().stream()
            .map(
                entry ->
                    new AlterConfigOp(
                        new ConfigEntry(entry.getKey(), entry.getValue().to()),
                        AlterConfigOp.OpType.SET))
            .toList();
    calls.done(
        admin
            .incrementalAlterConfigs(
                Map.of(new ConfigResource(ConfigResource.Type.TOPIC, alter.topic()), settings))
            .all(),
        "changing the settings of " + alter.topic(),
        refusal -> false);
  }

  /** The controller answers before every broker knows: waits until a new plan would be empty. */
  void awaitSettled(Definitions wanted) {
    long deadline = System.nanoTime() + calls.timeout().toNanos();
    Plan rest = TopicPlanner.plan(wanted, reader.read(wanted.names()));
    while (!rest.isEmpty()) {
      if (System.nanoTime() - deadline > 0) {
        throw new UserError(
            "Kafka at " + calls.servers() + " still shows a difference:\n" + rest.text(),
            "see whether somebody else changes these topics, then apply again");
      }
      pause();
      rest = TopicPlanner.plan(wanted, reader.read(wanted.names()));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError(
          "interrupted while waiting for the topics", "apply again: what is done stays done");
    }
  }
}
