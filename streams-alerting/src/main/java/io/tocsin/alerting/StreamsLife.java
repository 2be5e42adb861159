package io.tocsin.alerting;

import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.alerting.topology.AlertingMetrics;
import io.tocsin.alerting.topology.AlertingTopology;
import io.tocsin.alerting.topology.RuleBook;
import io.tocsin.alerting.topology.Shards;
import io.tocsin.bootstrap.Readiness;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of Kafka Streams with its companions, the reader of rules and the prover of progress.
 */
final class StreamsLife implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsLife.class);
  private static final Duration CLOSE = Duration.ofSeconds(7);
  private static final Duration MOST_PAUSE = Duration.ofSeconds(30);
  private static final int THREADS_REPLACED = 8;
  private static final AlertingTopology.Inputs INPUTS =
      AlertingTopology.Inputs.of(StreamsSettings.APPLICATION_ID);

  private final AlertingConfig config;
  private final KafkaSettings kafka;
  private final Clock clock;
  private final AlertingMetrics metrics;
  private final Consumer<Readiness> report;
  private final RuleBook rules;
  private final RulesTopic rulesTopic;
  private final InputProgress progress;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicInteger threadsLost = new AtomicInteger();
  private @Nullable KafkaStreams streams;

  StreamsLife(
      AlertingConfig config,
      KafkaSettings kafka,
      Clock clock,
      RuleSet fromFiles,
      AlertingMetrics metrics,
      Consumer<Readiness> report) {
    this.config = config;
    this.kafka = kafka;
    this.clock = clock;
    this.metrics = metrics;
    this.report = report;
    this.rules = new RuleBook(fromFiles);
    this.rulesTopic = new RulesTopic(kafka, fromFiles, rules);
    this.progress =
        new InputProgress(
            () -> new ClusterOffsets(kafka, StreamsSettings.APPLICATION_ID), INPUTS, clock);
  }

  /**
   * Lives until it is closing or Kafka Streams gives up.
   *
   * @throws InputTopics.Missing when the platform's topics are not there
   * @throws org.apache.kafka.common.KafkaException when the cluster does not answer
   */
  void run(CountDownLatch closing) throws InputTopics.Missing, InterruptedException {
    report.accept(Readiness.waitingFor("Kafka at " + kafka.bootstrapServers()));
    Shards shards = prepareTopics();
    rulesTopic.start();
    while (!rulesTopic.isLoadedWithin(Duration.ofMillis(100))) {
      if (closing.getCount() == 0) {
        return;
      }
    }
    progress.start();
    KafkaStreams own = streams(shards, closing);
    streams = own;
    own.start();
    while (closing.getCount() > 0 && !ended.await(100, TimeUnit.MILLISECONDS)) {
      // both end this life
    }
  }

  private Shards prepareTopics() throws InputTopics.Missing, InterruptedException {
    Map<String, String> own =
        Map.of(AdminClientConfig.CLIENT_ID_CONFIG, StreamsSettings.APPLICATION_ID + "-topics");
    Admin admin = Admin.create(kafka.with(own));
    try {
      String changelog = AlertingTopology.changelogOf(StreamsSettings.APPLICATION_ID);
      return new InputTopics(admin, INPUTS, changelog).prepare();
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private KafkaStreams streams(Shards shards, CountDownLatch closing) {
    var parts = new AlertingTopology.Parts(INPUTS, shards, rules, progress, metrics, clock);
    String instance = StateFolder.prepare(config.stateDir());
    KafkaStreams own =
        new KafkaStreams(
            AlertingTopology.build(parts), StreamsSettings.of(config, kafka, instance));
    own.setStateListener((now, before) -> onState(now));
    own.setUncaughtExceptionHandler(failure -> onThreadLost(failure, closing));
    return own;
  }

  private void onState(KafkaStreams.State now) {
    switch (now) {
      case RUNNING -> report.accept(Readiness.ok());
      case CREATED, REBALANCING -> report.accept(Readiness.waitingFor("its partitions"));
      case PENDING_SHUTDOWN -> report.accept(Readiness.waitingFor("its end"));
      case PENDING_ERROR, ERROR, NOT_RUNNING -> {
        report.accept(Readiness.waitingFor("its restart"));
        ended.countDown();
      }
    }
  }

  /** Runs on the thread that is lost, which may as well do the waiting. */
  private StreamThreadExceptionResponse onThreadLost(Throwable failure, CountDownLatch closing) {
    int lost = threadsLost.incrementAndGet();
    report.accept(Readiness.waitingFor("a worker that failed: " + failure.getMessage()));
    LOG.atError().setCause(failure).addKeyValue("lost", lost).log("alerting worker failed");
    long pause = Math.min(500L << Math.min(lost, 10), MOST_PAUSE.toMillis());
    try {
      if (closing.await(pause, TimeUnit.MILLISECONDS)) {
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
      }
    } catch (InterruptedException e) {
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    // What a new thread does not cure, such as topics that changed, a whole new life may.
    return lost % THREADS_REPLACED == 0
        ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
        : StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  @Override
  public void close() {
    progress.close();
    rulesTopic.close();
    if (streams != null && !streams.close(CLOSE)) {
      LOG.atWarn().log("alerting did not stop in time");
    }
  }
}
