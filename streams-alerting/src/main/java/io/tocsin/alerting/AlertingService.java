package io.tocsin.alerting;

import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.alerting.topology.AlertingMetrics;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Readiness;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns events into alerts: reads {@code tocsin.logs} and {@code tocsin.telemetry}, writes {@code
 * tocsin.alerts}, {@code tocsin.alert-state} and {@code tocsin.health}, each exactly once.
 * Thread-safe.
 *
 * <p>It waits for the cluster and for the platform's topics, and no outage ends it. Several
 * instances, each with a state folder of its own, share the work.
 */
public final class AlertingService implements Service {

  private static final Logger LOG = LoggerFactory.getLogger(AlertingService.class);
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
  private static final Duration MOST_PAUSE = Duration.ofSeconds(30);
  private static final Duration CLOSE = Duration.ofSeconds(10);

  private final AlertingConfig config;
  private final KafkaSettings kafka;
  private final Clock clock;
  private final RuleSet fromFiles;
  private final AlertingMetrics metrics;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile Readiness readiness = Readiness.waitingFor("its start");

  /**
   * Prepares it; nothing runs yet.
   *
   * @throws io.tocsin.bootstrap.config.ConfigException with every problem of the rule files
   */
  public AlertingService(AlertingConfig config, KafkaSettings kafka, Metrics metrics, Clock clock) {
    this.config = config;
    this.kafka = kafka;
    this.clock = clock;
    this.fromFiles =
        config.rules().isEmpty() ? RuleSet.defaultPack() : RuleSet.read(config.rules());
    this.metrics = new AlertingMetrics(metrics);
    this.thread = Thread.ofPlatform().name("alerting").unstarted(this::run);
  }

  @Override
  public String name() {
    return "alerting";
  }

  /**
   * Begins the work.
   *
   * @throws UserError when the state folder cannot be written to
   */
  @Override
  public void start() {
    StateFolder.prepare(config.stateDir());
    thread.start();
  }

  @Override
  public Readiness readiness() {
    return readiness;
  }

  /** How many alerts fire now on the partitions that this instance has. */
  public int firing() {
    return metrics.firing();
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      if (thread.isAlive()) {
        thread.join(CLOSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One life of Kafka Streams after the other; normally the first is the last. */
  private void run() {
    Duration pause = LEAST_PAUSE;
    do {
      Instant born = clock.instant();
      try (StreamsLife life =
          new StreamsLife(config, kafka, clock, fromFiles, metrics, this::report)) {
        life.run(closing);
      } catch (KafkaException | InputTopics.Missing e) {
        report(Readiness.waitingFor(String.valueOf(e.getMessage())));
        LOG.atWarn().addKeyValue("reason", e.toString()).log("alerting not running, trying again");
      } catch (InterruptedException e) {
        return;
      }
      pause = pauseAfter(born, pause);
    } while (!isClosingWithin(pause));
    report(Readiness.waitingFor("nothing: it is closed"));
  }

  /** Twice the last, unless this life was a long one. */
  private Duration pauseAfter(Instant born, Duration last) {
    Duration lived = Duration.between(born, clock.instant());
    Duration twice = last.multipliedBy(2);
    boolean longLife = lived.compareTo(MOST_PAUSE.multipliedBy(2)) > 0;
    return longLife ? LEAST_PAUSE : twice.compareTo(MOST_PAUSE) < 0 ? twice : MOST_PAUSE;
  }

  private boolean isClosingWithin(Duration pause) {
    try {
      return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void report(Readiness now) {
    readiness = now;
  }
}
