package io.tocsin.alerting.topology;

import java.time.Instant;

/**
 * How far the input has been read and evaluated, on all partitions and all instances. Time-driven
 * transitions wait for it: an absence is only one when nothing unread could end it. Thread-safe.
 */
public interface ReadProgress {

  /** Every record that was appended before this has been evaluated. Never goes back. */
  Instant readUpTo();

  /** Somebody waits until {@link #readUpTo} reaches this. Returns at once. */
  void demand(Instant due);
}
