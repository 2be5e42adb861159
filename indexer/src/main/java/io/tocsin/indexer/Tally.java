package io.tocsin.indexer;

import io.tocsin.indexer.document.Prepared;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/** Counts of one bulk request, so that the metrics are touched once for it. Not thread-safe. */
final class Tally {

  private final Counts indexed = new Counts();
  private final Counts reduced = new Counts();
  private final Counts duplicates = new Counts();
  private final Counts retried = new Counts();

  void indexed(Entry entry) {
    Counts counts = isReduced(entry) ? reduced : indexed;
    counts.add(entry.prepared().record().topic());
  }

  private static boolean isReduced(Entry entry) {
    return entry.prepared() instanceof Prepared.Document document && document.reduced();
  }

  void duplicate(Entry entry) {
    duplicates.add(entry.prepared().record().topic());
  }

  void retried(String reason) {
    retried.add(reason);
  }

  void report(IndexerMetrics metrics) {
    indexed.forEach(metrics::indexed);
    reduced.forEach(metrics::reduced);
    duplicates.forEach(metrics::duplicate);
    retried.forEach(metrics::retried);
  }

  private static final class Counts {
    private final Map<String, int[]> all = new HashMap<>();

    /** That of the document before: most are of one topic. */
    private String last = "";

    private int[] lastCount = new int[1];

    void add(String what) {
      if (!what.equals(last)) {
        last = what;
        lastCount = all.computeIfAbsent(what, w -> new int[1]);
      }
      lastCount[0]++;
    }

    void forEach(ObjLongConsumer<String> report) {
      all.forEach((what, count) -> report.accept(what, count[0]));
    }
  }
}
