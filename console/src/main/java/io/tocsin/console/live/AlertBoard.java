package io.tocsin.console.live;

import io.tocsin.event.Alert;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The latest transition of each alert, bounded: when there are too many, resolved ones leave first,
 * the longest unchanged first. Thread-safe.
 */
final class AlertBoard {

  private static final Comparator<Alert> NEWEST_FIRST =
      Comparator.comparing(Alert::at).reversed().thenComparing(Alert::fingerprint);

  private static final Comparator<Alert> WORTH_KEEPING =
      Comparator.comparing(Alert::status).thenComparing(NEWEST_FIRST);

  private final Map<String, Alert> alerts = new HashMap<>();
  private final int capacity;
  private final IntConsumer onEvict;

  AlertBoard(int capacity, IntConsumer onEvict) {
    this.capacity = capacity;
    this.onEvict = onEvict;
  }

  synchronized void put(Alert alert) {
    alerts.put(alert.fingerprint(), alert);
    // A tenth more than wanted, so that the sorting is not paid for by each alert of a storm.
    if (alerts.size() > capacity + capacity / 10) {
      List<Alert> leaving = alerts.values().stream().sorted(WORTH_KEEPING).skip(capacity).toList();
      leaving.forEach(gone -> alerts.remove(gone.fingerprint()));
      onEvict.accept(leaving.size());
    }
  }

  synchronized void remove(String fingerprint) {
    alerts.remove(fingerprint);
  }

  synchronized void clear() {
    alerts.clear();
  }

  synchronized int size() {
    return alerts.size();
  }

  synchronized long count(Alert.Status status) {
    return alerts.values().stream().filter(alert -> alert.status() == status).count();
  }

  /** By their last transition, the newest first. */
  synchronized List<Alert> newestFirst() {
    return alerts.values().stream().sorted(NEWEST_FIRST).toList();
  }
}
