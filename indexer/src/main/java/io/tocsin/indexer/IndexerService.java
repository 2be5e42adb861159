package io.tocsin.indexer;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Readiness;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.indexer.bulk.Backoff;
import io.tocsin.indexer.bulk.BulkSender;
import io.tocsin.indexer.cluster.Cluster;
import io.tocsin.indexer.document.DocumentFactory;
import io.tocsin.indexer.document.SaneWindow;
import io.tocsin.indexer.lifecycle.IndexSettings;
import io.tocsin.indexer.lifecycle.IndexSetup;
import io.tocsin.indexer.lifecycle.Lifecycle;
import io.tocsin.indexer.lifecycle.SetupFailedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings logs, telemetry, alerts and health from Kafka into OpenSearch: each record once, in the
 * index or in the dead letters. Kafka and OpenSearch may be away when it starts and at any later
 * time; nothing is committed that is not settled. Thread-safe.
 */
public final class IndexerService implements Service {

  private static final Logger LOG = LoggerFactory.getLogger(IndexerService.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final IndexerConfig config;
  private final KafkaSettings kafka;
  private final Clock clock;
  private final Cluster cluster;
  private final DeadLetters deadLetters;
  private final IndexerMetrics metrics;
  private final Weather weather = new Weather();
  private final ClosedIndices closed = new ClosedIndices();
  private final IndexSetup setup;
  private final LifecycleJob lifecycle;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Backoff backoff =
      new Backoff(FIRST_PAUSE, LONGEST_PAUSE, RandomGenerator.getDefault());
  private final Thread thread = Thread.ofPlatform().name("tocsin-indexer").unstarted(this::work);
  private volatile String waitingFor = "its start";
  private volatile @Nullable Session session;

  /** Nothing is connected before {@link #start}. */
  public IndexerService(
      IndexerConfig config,
      KafkaSettings kafka,
      OpenSearchSettings openSearch,
      Metrics metrics,
      Clock clock) {
    this.config = config;
    this.kafka = kafka;
    this.clock = clock;
    this.cluster = new Cluster(openSearch, config.requestTimeout());
    this.setup = new IndexSetup(cluster, new IndexSettings(config.shards(), config.replicas()));
    this.lifecycle =
        new LifecycleJob(
            new Lifecycle(cluster, config.lifecycle(), config.shards(), clock),
            config.lifecycle().every(),
            metrics);
    this.deadLetters = new DeadLetters(kafka);
    this.metrics = new IndexerMetrics(metrics, clock);
  }

  @Override
  public String name() {
    return "indexer";
  }

  @Override
  public void start() {
    thread.start();
    lifecycle.start();
  }

  @Override
  public Readiness readiness() {
    Session current = session;
    if (current == null) {
      return Readiness.waitingFor(waitingFor);
    }
    if (!current.assigned()) {
      return Readiness.waitingFor("its partitions");
    }
    String trouble = weather.trouble();
    return trouble == null ? Readiness.ok() : Readiness.waitingFor("OpenSearch: " + trouble);
  }

  /** What it has done so far. Cheap; from any thread. */
  public IndexerStatus status() {
    return metrics.status();
  }

  private void work() {
    try {
      setUpIndices();
      while (!stopped()) {
        consume();
      }
    } catch (InterruptedException e) {
      // close() has waited long enough; what is not committed is indexed again.
      Thread.currentThread().interrupt();
    }
  }

  /** Before anything else: an index made without its template would guess its mapping. */
  private void setUpIndices() throws InterruptedException {
    String logged = "";
    while (!stopped()) {
      try {
        setup.apply();
        backoff.reset();
        return;
      } catch (SetupFailedException e) {
        waitingFor = "OpenSearch: " + e.getMessage();
        if (!waitingFor.equals(logged)) {
          logged = waitingFor;
          LOG.atWarn()
              .addKeyValue("reason", e.getMessage())
              .log("the index templates are not set up, trying again");
        }
        pause();
      }
    }
  }

  private void consume() throws InterruptedException {
    waitingFor = "Kafka at " + kafka.bootstrapServers();
    try (Session current = openSession()) {
      session = current;
      if (stopped()) {
        return; // close() may have looked for a session just before there was one
      }
      current.run(DocumentFactory.topics());
      backoff.reset();
    } catch (KafkaException | IllegalStateException e) {
      session = null;
      LOG.atError().setCause(e).log("consuming failed, starting over from the committed offsets");
      pause();
    } finally {
      session = null;
    }
  }

  private Session openSession() {
    Flight.Crew crew =
        new Flight.Crew(
            new BulkSender(cluster),
            deadLetters,
            metrics,
            weather,
            () -> new Patience(config.patience(), System::nanoTime, closed),
            setup,
            clock);
    Instant earliest =
        LocalDate.of(config.earliestYear(), 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
    SaneWindow window = new SaneWindow(earliest, config.latestAhead(), clock);
    return new Session(
        Consumers.open(kafka, config),
        new DocumentFactory(window, config.maxRecord().bytes()),
        new Batches(config.bulkSize().bytes(), config.linger()),
        new FlightDeck(crew, config.bulksInFlight()),
        weather,
        metrics);
  }

  private boolean stopped() {
    return stop.getCount() == 0;
  }

  private void pause() throws InterruptedException {
    if (stop.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.atDebug().log("stopped while waiting");
    }
  }

  /** Finishes the requests under way within 8 s and commits what is settled. */
  @Override
  public void close() {
    stop.countDown();
    lifecycle.close();
    Session current = session;
    if (current != null) {
      current.stop();
    }
    try {
      if (thread.isAlive() && !thread.join(Duration.ofSeconds(8))) {
        thread.interrupt();
        thread.join(Duration.ofSeconds(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    deadLetters.close();
    cluster.close();
  }
}
