package io.tocsin.indexer;

import io.tocsin.indexer.bulk.Outcome;
import io.tocsin.indexer.document.Prepared.Document;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How long a cluster that answers may refuse what could be one document's or one index's own fault.
 * When it is over, the document becomes a dead letter instead of holding its slot for ever; the
 * next one for an index that is closed for good then need not wait as long again. Thread-safe.
 */
final class Patience {

  private final long mostNanos;
  private final LongSupplier nanoClock;

  /** Bounded: an entry for each closed index, and one for each document under way at most. */
  private final Map<String, Long> refusedSince = new ConcurrentHashMap<>();

  Patience(Duration most, LongSupplier nanoClock) {
    this.mostNanos = most.toNanos();
    this.nanoClock = nanoClock;
  }

  /** Whether this refusal was one too many. */
  boolean isOver(Document document, Outcome.Retriable refusal) {
    if (!refusal.suspect()) {
      return false;
    }
    long now = nanoClock.getAsLong();
    String key = key(document, refusal);
    boolean over = now - refusedSince.computeIfAbsent(key, k -> now) > mostNanos;
    if (over && !concernsIndex(refusal)) {
      refusedSince.remove(key);
    }
    return over;
  }

  /** The document is in: neither it nor its index is refused. */
  void accepted(Document document) {
    if (!refusedSince.isEmpty()) {
      refusedSince.remove(document.index());
      refusedSince.remove(document.index() + '/' + document.id());
    }
  }

  private static String key(Document document, Outcome.Retriable refusal) {
    return concernsIndex(refusal) ? document.index() : document.index() + '/' + document.id();
  }

  private static boolean concernsIndex(Outcome.Retriable refusal) {
    return refusal.reason().equals("index_closed");
  }
}
