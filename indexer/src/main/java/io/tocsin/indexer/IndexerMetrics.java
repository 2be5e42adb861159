package io.tocsin.indexer;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.tocsin.bootstrap.Metrics;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** The indexer's counters. Thread-safe. */
final class IndexerMetrics {

  private final Counter documents;
  private final Counter deadLetters;
  private final Counter retries;
  private final Histogram bulks;
  private final AtomicLong lag = new AtomicLong();
  private final AtomicLong flying = new AtomicLong();
  private final LongAdder indexed = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder lettered = new LongAdder();
  private volatile long waiting;

  IndexerMetrics(Metrics metrics) {
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
    metrics.gauge("tocsin_indexer_lag_records", "Records not settled yet", lag::get);
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

  void bulkTook(Duration duration) {
    bulks.observe(duration.toNanos() / 1e9);
  }

  void lag(long records) {
    lag.set(records);
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

  IndexerStatus status() {
    return new IndexerStatus(indexed.sum(), duplicates.sum(), lettered.sum(), lag.get());
  }
}
