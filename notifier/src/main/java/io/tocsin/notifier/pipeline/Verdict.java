package io.tocsin.notifier.pipeline;

import java.time.Instant;

/** Whether something may be told now. */
sealed interface Verdict {

  /** As far as this goes, it may. */
  record Go() implements Verdict {}

  /**
   * Not before then.
   *
   * @param until {@link Instant#MAX} for as long as nothing changes
   */
  record Wait(Instant until) implements Verdict {}

  /** Not before the whole topic was read: it may be over. */
  record WaitForRest() implements Verdict {}

  /** It is over, and nobody was to be told while it fired. */
  record Never() implements Verdict {}

  Verdict GO = new Go();
  Verdict NEVER = new Never();
  Verdict WAIT_FOR_REST = new WaitForRest();
}
