package io.tocsin.indexer;

import io.tocsin.indexer.bulk.Outcome;
import io.tocsin.indexer.document.Prepared.Document;
import io.tocsin.indexer.document.Reduction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a bulk request left to do. Not thread-safe. */
final class Verdicts {

  private static final Set<String> TOUCH_LOST =
      Set.of("unreachable", "connection_lost", "timeout", "unavailable", "not_opensearch");

  private final List<Entry> again = new ArrayList<>();
  private final Map<Entry, Outcome.Rejected> rejected = new LinkedHashMap<>();
  private Outcome.@Nullable Retriable trouble;

  void retry(Entry entry, Outcome.Retriable why) {
    again.add(entry);
    trouble = why;
  }

  /** The index refuses it as it is: it gets its second chance, or is given up. */
  void reject(Entry entry, Outcome.Rejected why) {
    Optional<Document> second = Reduction.of((Document) entry.prepared());
    if (second.isPresent()) {
      again.add(new Entry(second.get(), entry.ticket()));
    } else {
      rejected.put(entry, why);
    }
  }

  /** To be sent again. */
  List<Entry> again() {
    return again;
  }

  /** To become dead letters. */
  Map<Entry, Outcome.Rejected> rejected() {
    return rejected;
  }

  /** Why some must be sent again that are all right; null when none must. */
  Outcome.@Nullable Retriable trouble() {
    return trouble;
  }

  /** The cluster did not answer, or not as a cluster that is whole: it may be another one now. */
  boolean lostTouch() {
    return trouble != null && TOUCH_LOST.contains(trouble.reason());
  }

  /** Sending again at once would be of no use. */
  boolean mustWait() {
    return trouble != null;
  }
}
