package io.tocsin.indexer;

import io.tocsin.indexer.document.Prepared;
import java.util.HashMap;
import java.util.Map;

/** Counts of one bulk request, so that the metrics are touched once for it. Not thread-safe. */
final class Tally {

  private final Map<String, Integer> indexed = new HashMap<>();
  private final Map<String, Integer> reduced = new HashMap<>();
  private final Map<String, Integer> duplicates = new HashMap<>();
  private final Map<String, Integer> retried = new HashMap<>();

  void indexed(Entry entry) {
    Map<String, Integer> counts = isReduced(entry) ? reduced : indexed;
    counts.merge(entry.prepared().record().topic(), 1, Integer::sum);
  }

  private static boolean isReduced(Entry entry) {
    return entry.prepared() instanceof Prepared.Document document && document.reduced();
  }

  void duplicate(Entry entry) {
    duplicates.merge(entry.prepared().record().topic(), 1, Integer::sum);
  }

  void retried(String reason) {
    retried.merge(reason, 1, Integer::sum);
  }

  void report(IndexerMetrics metrics) {
    indexed.forEach(metrics::indexed);
    reduced.forEach(metrics::reduced);
    duplicates.forEach(metrics::duplicate);
    retried.forEach(metrics::retried);
  }
}
