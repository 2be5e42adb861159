package io.tocsin.notifier.pipeline;

import java.time.Instant;

/** One reason to hold notifications back. Not thread-safe. */
interface Restraint {

  Hold hold();

  /** Looks at what it judges by as it is now; returns whether that has changed. */
  boolean renew();

  /**
   * Judges one that is due.
   *
   * @param caughtUp whether everything on the topic was read
   */
  Verdict judge(Pending pending, Instant now, boolean caughtUp);
}
