package io.tocsin.console.live;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Readiness;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.Alert;
import io.tocsin.event.ServiceHealth;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.event.silence.Silence;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * The alerts and the health of now, and a feed of what is new. One thread reads Kafka; when the
 * broker is away it waits, and the views stay as they were. Thread-safe.
 */
public final class LiveFeed implements AutoCloseable {

  private static final long RETRY_MILLIS = 1_000;
  private static final long CLOSE_MILLIS = 5_000;

  private final KafkaSettings kafka;
  private final InstantSource clock;
  private final FeedMetrics metrics;
  private final AlertBoard alerts;
  private final HealthBoard health = new HealthBoard();
  private final SilenceBoard silences = new SilenceBoard();
  private final Broadcast broadcast;
  private final RecordIntake intake;
  private final Thread thread =
      Thread.ofPlatform().name("tocsin-console-feed").unstarted(this::run);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicReference<@Nullable FeedReader> reader = new AtomicReference<>();
  private volatile boolean complete;
  private volatile Readiness readiness = Readiness.waitingFor("its start");

  /**
   * Reads nothing yet.
   *
   * @param alertsKept how many alerts are held at most
   * @param watchers how many may watch at once
   * @param queue how many events wait for a slow watcher before it loses the oldest
   */
  public LiveFeed(
      KafkaSettings kafka,
      int alertsKept,
      int watchers,
      int queue,
      Metrics metrics,
      InstantSource clock) {
    this.kafka = kafka;
    this.clock = clock;
    this.metrics = new FeedMetrics(metrics);
    this.alerts = new AlertBoard(alertsKept, this.metrics::evicted);
    this.broadcast = new Broadcast(watchers, queue, this.metrics);
    this.intake = new RecordIntake(alerts, health, silences, broadcast, this.metrics, clock);
    this.metrics.watching(broadcast::watching);
    this.metrics.alertsHeld(alerts::size);
  }

  /** Begins to read; called once. */
  public void start() {
    readiness = Readiness.waitingFor("Kafka at " + kafka.bootstrapServers());
    thread.start();
  }

  /** Ready once the views hold all that the topics held when it began. */
  public Readiness readiness() {
    return readiness;
  }

  /** Whether the views hold all; as of the last word from Kafka when that is away. */
  public boolean complete() {
    return complete;
  }

  /** The latest transition of each alert, the newest first. */
  public List<Alert> alerts() {
    return alerts.newestFirst();
  }

  /** The health of each service, by name. */
  public List<ServiceHealth> health() {
    return health.all();
  }

  /** All silences by id, with those that are over. */
  public List<Silence> silences() {
    return silences.silences();
  }

  /** Who takes care of an episode. */
  public Optional<Acknowledgement> acknowledgement(String episode) {
    return silences.acknowledgement(episode);
  }

  /** Joins the feed; empty when too many watch already. The caller closes it. */
  public Optional<Subscription> subscribe() {
    return broadcast.subscribe();
  }

  private void run() {
    while (stopping.getCount() > 0) {
      try {
        readOnce();
      } catch (WakeupException e) {
        // only close() wakes it up
      } catch (KafkaException e) {
        metrics.failed(e);
        readiness = Readiness.waitingFor("Kafka at " + kafka.bootstrapServers());
      }
      if (!pause()) {
        return;
      }
    }
  }

  private void readOnce() {
    try (FeedReader current = new FeedReader(kafka, intake, clock)) {
      reader.set(current);
      if (stopping.getCount() == 0) {
        return;
      }
      String missing = current.assign();
      if (!missing.isEmpty()) {
        readiness = Readiness.waitingFor("topic " + missing);
        return;
      }
      complete = false;
      alerts.clear();
      health.clear();
      silences.clear();
      current.read(broadcast, this::caughtUp, why -> readiness = Readiness.waitingFor(why));
    } finally {
      reader.set(null);
    }
  }

  private void caughtUp() {
    complete = true;
    readiness = Readiness.ok();
    metrics.caughtUp(alerts.size(), health.all().size());
  }

  private boolean pause() {
    try {
      return !stopping.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends all subscriptions and stops reading. A second call does nothing. */
  @Override
  public void close() {
    stopping.countDown();
    broadcast.end();
    FeedReader current = reader.get();
    if (current != null) {
      current.wakeup();
    }
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
