package io.tocsin.indexer;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Since when indices refuse documents because somebody closed them. Remembers the {@value #MOST}
 * that were asked about last: one that is forgotten is waited for anew, no more. Thread-safe.
 */
final class ClosedIndices {

  static final int MOST = 1_000;

  private final Map<String, Long> since =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST;
        }
      };

  /** The index refuses now; the nanosecond at which it began to. */
  synchronized long refusedSince(String index, long nowNanos) {
    return since.computeIfAbsent(index, i -> nowNanos);
  }

  /** The index took a document. */
  synchronized void opened(String index) {
    if (!since.isEmpty()) {
      since.remove(index);
    }
  }

  synchronized int size() {
    return since.size();
  }
}
