package io.tocsin.indexer;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.indexer.offset.Backlog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/** The indexer's counters. Thread-safe. */
final class IndexerMetrics {

  private final Counter documents;
  private final Counter deadLetters;
  private final Counter retries;
  private final Histogram bulks;
  private final Counter bulkBytes;
  private final InstantSource clock;
  private final AtomicLong flying = new AtomicLong();
  private final LongAdder indexed = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder lettered = new LongAdder();
  private volatile long waiting;
  private volatile Map<String, Backlog> backlogs = Map.of();

  IndexerMetrics(Metrics metrics, InstantSource clock) {
    this.clock = clock;
    documents =
        metrics.counter(
            "tocsin_indexer_documents",
            "Records settled, by what came of them",
            "topic",
            "outcome");
    deadLetters =
        metrics.counter("tocsin_indexer_dead_letters", "Records given up, by reason", "reason");
    retries =
        metrics.counter("tocsin_indexer_retries", "Documents sent again, by reason", "reason");
    bulks = metrics.seconds("tocsin_indexer_bulk_seconds", "How long a bulk request took");
    bulkBytes = metrics.counter("tocsin_indexer_bulk_bytes", "Bytes of documents in bulk requests");
    metrics.gauges(
        "tocsin_indexer_lag_records",
        "Records of this instance's partitions not settled yet",
        "topic",
        () -> each(backlog -> (double) backlog.records()));
    metrics.gauges(
        "tocsin_indexer_lag_seconds",
        "How long ago the oldest record that is not settled was appended",
        "topic",
        () -> each(this::lagSeconds));
    metrics.gauges(
        "tocsin_indexer_oldest_unsettled_seconds",
        "How long the oldest record in hand has been in hand",
        "topic",
        () -> each(IndexerMetrics::oldestSeconds));
    metrics.gauge(
        "tocsin_indexer_in_flight_bytes",
        "Bytes of records taken in, not settled",
        this::inFlightBytes);
  }

  void indexed(String topic, long count) {
    documents.labelValues(topic, "indexed").inc(count);
    indexed.add(count);
  }

  /** Indexed, but for what the index would not have. */
  void reduced(String topic, long count) {
    documents.labelValues(topic, "reduced").inc(count);
    indexed.add(count);
  }

  void duplicate(String topic, long count) {
    documents.labelValues(topic, "duplicate").inc(count);
    duplicates.add(count);
  }

  void deadLetter(String topic, String reason) {
    documents.labelValues(topic, "rejected").inc();
    deadLetters.labelValues(reason).inc();
    lettered.increment();
  }

  void retried(String reason, long count) {
    retries.labelValues(reason).inc(count);
  }

  void bulkTook(Duration duration, long bytes) {
    bulks.observe(duration.toNanos() / 1e9);
    bulkBytes.inc(bytes);
  }

  /** What is not settled of each topic that this instance has partitions of. */
  void backlogs(Map<String, Backlog> now) {
    backlogs = now;
  }

  private Map<String, Double> each(ToDoubleFunction<Backlog> figure) {
    Map<String, Double> figures = new HashMap<>();
    backlogs.forEach((topic, backlog) -> figures.put(topic, figure.applyAsDouble(backlog)));
    return figures;
  }

  private double lagSeconds(Backlog backlog) {
    return backlog.appendedMillis() == Long.MAX_VALUE
        ? 0
        : Math.max(0, clock.millis() - backlog.appendedMillis()) / 1e3;
  }

  private static double oldestSeconds(Backlog backlog) {
    return backlog.takenNanos().isEmpty()
        ? 0
        : (System.nanoTime() - backlog.takenNanos().getAsLong()) / 1e9;
  }

  /** What waits to be sent, in bytes. */
  void waiting(long bytes) {
    waiting = bytes;
  }

  void launched(long bytes) {
    flying.addAndGet(bytes);
  }

  void landed(long bytes) {
    flying.addAndGet(-bytes);
  }

  /** Bytes of records that are read and not settled; bounded by the configuration. */
  long inFlightBytes() {
    return waiting + flying.get();
  }

  private long lag() {
    return backlogs.values().stream().mapToLong(Backlog::records).sum();
  }

  IndexerStatus status() {
    return new IndexerStatus(indexed.sum(), duplicates.sum(), lettered.sum(), lag());
  }
}
