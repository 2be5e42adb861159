package io.tocsin.indexer;

import io.tocsin.indexer.bulk.Outcome;
import io.tocsin.indexer.document.Prepared.Document;
import io.tocsin.indexer.offset.Ticket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long a cluster that answers may refuse what could be one document's or one index's own fault.
 * When it is over, the document becomes a dead letter instead of holding its slot for ever; the
 * next one for an index that is closed for good then need not wait as long again. One for each
 * batch, and forgotten with it; not thread-safe.
 */
final class Patience {

  private final long mostNanos;
  private final LongSupplier nanoClock;
  private final ClosedIndices closed;

  /** At most one for each record of the batch. */
  private final Map<Ticket, Long> refusedSince = new HashMap<>();

  Patience(Duration most, LongSupplier nanoClock, ClosedIndices closed) {
    this.mostNanos = most.toNanos();
    this.nanoClock = nanoClock;
    this.closed = closed;
  }

  /** Whether this refusal was one too many. */
  boolean isOver(Entry entry, Outcome.Retriable refusal) {
    if (!refusal.suspect()) {
      return false;
    }
    long now = nanoClock.getAsLong();
    long since = refusedSince.computeIfAbsent(entry.ticket(), ticket -> now);
    if (refusal.reason().equals("index_closed") && entry.prepared() instanceof Document document) {
      long indexSince = closed.refusedSince(document.index(), now);
      since = Math.min(since - now, indexSince - now) + now; // nanoTime() may overflow
    }
    return now - since > mostNanos;
  }

  /** The document is in: its index is not refused either. */
  void accepted(Document document) {
    closed.opened(document.index());
  }
}
