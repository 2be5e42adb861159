package io.tocsin.topics;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows and makes the difference between topic definitions and a cluster. Topics that no definition
 * names are left alone, nothing is ever deleted, and whatever was half applied is completed by
 * applying again. Not thread-safe; several of them may work on one cluster at once.
 */
public final class TopicAdmin implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TopicAdmin.class);

  /** How long a cluster that is just starting is waited for. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private final Admin admin;
  private final ClusterReader reader;
  private final PlanExecutor executor;

  private TopicAdmin(Admin admin, ClusterCalls calls) {
    this.admin = admin;
    this.reader = new ClusterReader(admin, calls);
    this.executor = new PlanExecutor(admin, calls, reader);
  }

  /**
   * Prepares to talk to a cluster; does not wait for it yet.
   *
   * @param timeout how long each step may wait for the cluster
   * @throws UserError when the settings cannot be used
   */
  public static TopicAdmin connect(KafkaSettings kafka, Duration timeout) {
    int millis = Math.toIntExact(timeout.toMillis());
    try {
      Admin admin =
          Admin.create(
              kafka.with(
                  Map.of(
                      AdminClientConfig.CLIENT_ID_CONFIG,
                      "tocsin-topics",
                      AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                      millis,
                      AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                      Math.min(millis, 10_000))));
      return new TopicAdmin(admin, new ClusterCalls(kafka.bootstrapServers(), timeout));
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UserError(
          "cannot use these Kafka settings: " + cause.getMessage(),
          "check bootstrap-servers and the security settings under kafka");
    }
  }

  /**
   * Makes all of the platform's topics, waiting for the broker up to {@link #DEFAULT_TIMEOUT}.
   * Doing it again changes nothing.
   *
   * @return what was done
   * @throws UserError when the cluster cannot be reached or refuses
   */
  public static Plan applyDefaults(KafkaSettings kafka) {
    try (TopicAdmin admin = connect(kafka, DEFAULT_TIMEOUT)) {
      Plan plan = admin.plan(Definitions.builtIn());
      admin.apply(plan);
      return plan;
    }
  }

  /**
   * What would have to be done. Changes nothing.
   *
   * @throws UserError when the cluster cannot be reached or refuses to tell
   */
  public Plan plan(Definitions wanted) {
    return TopicPlanner.plan(wanted, reader.read(wanted.names()));
  }

  /**
   * Does it, and returns when the whole cluster shows it. What somebody else has done since the
   * plan was made is no error.
   *
   * @throws UserError when the cluster cannot be reached or refuses a step; the steps before it are
   *     done, and applying again completes the rest
   */
  public void apply(Plan plan) {
    for (Change change : plan.changes()) {
      executor.execute(change);
      LOG.atInfo()
          .addKeyValue("topic", change.topic())
          .addKeyValue("change", change.getClass().getSimpleName())
          .log("topic changed");
    }
    if (!plan.isEmpty()) {
      executor.awaitSettled(plan.definitions());
    }
    for (Warning warning : plan.warnings()) {
      LOG.atWarn()
          .addKeyValue("topic", warning.topic())
          .addKeyValue("difference", warning.text())
          .log("topic differs from its definition");
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
  }
}
