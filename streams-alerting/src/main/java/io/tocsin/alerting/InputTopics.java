package io.tocsin.alerting;

import io.tocsin.alerting.topology.AlertingTopology;
import io.tocsin.alerting.topology.Shards;
import io.tocsin.topics.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sure that every topic the topology needs is there, with partitions that agree. */
final class InputTopics {

  private static final Logger LOG = LoggerFactory.getLogger(InputTopics.class);
  private static final long STEP_SECONDS = 3;
  private static final String WEEK_MS = Long.toString(TimeUnit.DAYS.toMillis(7));

  private static final List<String> NEEDED =
      List.of(
          Topics.LOGS,
          Topics.TELEMETRY,
          Topics.ALERTS,
          Topics.ALERT_STATE,
          Topics.HEALTH,
          Topics.RULES,
          Topics.DEAD_LETTERS);

  private final Admin admin;
  private final AlertingTopology.Inputs inputs;
  private final String changelog;

  InputTopics(Admin admin, AlertingTopology.Inputs inputs, String changelog) {
    this.admin = admin;
    this.inputs = inputs;
    this.changelog = changelog;
  }

  /** Topics that others make are not there yet. */
  static final class Missing extends Exception {

    private static final long serialVersionUID = 1L;

    Missing(Collection<String> topics) {
      super("topics " + String.join(", ", topics) + " (tocsin topics apply makes them)");
    }
  }

  /**
   * Makes the re-keyed topic when there is none, and gives how many shards there are. A changelog
   * gets as many partitions as the input has now: where an input topic was given more, Kafka
   * Streams would refuse to start, although no group lives on the new partitions.
   *
   * @throws Missing when the platform's topics are not there
   * @throws KafkaException when the cluster does not answer or refuses
   */
  Shards prepare() throws Missing, InterruptedException {
    Map<String, Integer> partitions = partitionsOf(NEEDED);
    TreeSet<String> missing = new TreeSet<>(NEEDED);
    missing.removeAll(partitions.keySet());
    if (!missing.isEmpty()) {
      throw new Missing(missing);
    }
    int widest =
        Math.max(
            partitions.getOrDefault(Topics.LOGS, 1), partitions.getOrDefault(Topics.TELEMETRY, 1));
    Map<String, Integer> own = partitionsOf(List.of(inputs.rekeyed(), changelog));
    int shards = own.getOrDefault(inputs.rekeyed(), 0);
    if (shards == 0) {
      shards = widest;
      createRekeyed(shards);
    }
    int tasks = Math.max(shards, widest);
    int logged = own.getOrDefault(changelog, tasks);
    if (logged < tasks) {
      await(admin.createPartitions(Map.of(changelog, NewPartitions.increaseTo(tasks))).all());
      LOG.atInfo()
          .addKeyValue("topic", changelog)
          .addKeyValue("partitions", tasks)
          .log("changelog widened");
    }
    return new Shards(shards);
  }

  private void createRekeyed(int partitions) throws InterruptedException {
    // Append time: with the original's time, a backlog older than the retention would vanish.
    NewTopic topic =
        new NewTopic(inputs.rekeyed(), Optional.of(partitions), Optional.empty())
            .configs(
                Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_DELETE,
                    TopicConfig.RETENTION_MS_CONFIG,
                    WEEK_MS,
                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                    "LogAppendTime"));
    try {
      await(admin.createTopics(List.of(topic)).all());
    } catch (TopicExistsException e) {
      // Another instance was quicker. It has counted the same partitions.
      LOG.atDebug().addKeyValue("topic", inputs.rekeyed()).log("topic exists already");
    }
  }

  /** How many partitions each topic has; those that do not exist are left out. */
  private Map<String, Integer> partitionsOf(Collection<String> topics) throws InterruptedException {
    Map<String, Integer> partitions = new HashMap<>();
    Map<String, KafkaFuture<TopicDescription>> found =
        admin.describeTopics(topics).topicNameValues();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> each : found.entrySet()) {
      try {
        partitions.put(each.getKey(), await(each.getValue()).partitions().size());
      } catch (UnknownTopicOrPartitionException e) {
        LOG.atDebug().addKeyValue("topic", each.getKey()).log("topic does not exist");
      }
    }
    return partitions;
  }

  private static <T> T await(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get(STEP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException("the cluster does not answer", e);
    }
  }
}
