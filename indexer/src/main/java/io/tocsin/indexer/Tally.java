package io.tocsin.indexer;

import io.tocsin.indexer.document.Prepared;
import java.util.HashMap;
import java.util.Map;

/** Counts of one bulk request, so that the metrics are touched once for it. Not thread-safe. */
final class Tally {

  private final Map<String, int[]> indexed = new HashMap<>();
  private final Map<String, int[]> reduced = new HashMap<>();
  private final Map<String, int[]> duplicates = new HashMap<>();
  private final Map<String, int[]> retried = new HashMap<>();

  void indexed(Entry entry) {
    Map<String, int[]> counts = isReduced(entry) ? reduced : indexed;
    count(counts, entry.prepared().record().topic());
  }

  private static boolean isReduced(Entry entry) {
    return entry.prepared() instanceof Prepared.Document document && document.reduced();
  }

  void duplicate(Entry entry) {
    count(duplicates, entry.prepared().record().topic());
  }

  void retried(String reason) {
    count(retried, reason);
  }

  private static void count(Map<String, int[]> counts, String what) {
    counts.computeIfAbsent(what, w -> new int[1])[0]++;
  }

  void report(IndexerMetrics metrics) {
    indexed.forEach((topic, count) -> metrics.indexed(topic, count[0]));
    reduced.forEach((topic, count) -> metrics.reduced(topic, count[0]));
    duplicates.forEach((topic, count) -> metrics.duplicate(topic, count[0]));
    retried.forEach((reason, count) -> metrics.retried(reason, count[0]));
  }
}
