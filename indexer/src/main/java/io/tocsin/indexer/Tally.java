package io.tocsin.indexer;

import java.util.HashMap;
import java.util.Map;

/** Counts of one bulk request, so that the metrics are touched once for it. Not thread-safe. */
final class Tally {

  private final Map<String, Integer> indexed = new HashMap<>();
  private final Map<String, Integer> duplicates = new HashMap<>();
  private final Map<String, Integer> retried = new HashMap<>();

  void indexed(Entry entry) {
    indexed.merge(entry.prepared().record().topic(), 1, Integer::sum);
  }

  void duplicate(Entry entry) {
    duplicates.merge(entry.prepared().record().topic(), 1, Integer::sum);
  }

  void retried(String reason) {
    retried.merge(reason, 1, Integer::sum);
  }

  void report(IndexerMetrics metrics) {
    indexed.forEach(metrics::indexed);
    duplicates.forEach(metrics::duplicate);
    retried.forEach(metrics::retried);
  }
}
