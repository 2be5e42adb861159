package io.tocsin.notifier.pipeline;

import java.util.Locale;

/** Why something is not told for now. */
enum Hold {
  /** A silence holds it back. */
  SILENCED,
  /** Another alert fires that inhibits it. */
  INHIBITED,
  /** It is told together with others of its group. */
  GROUPED,
  /** Its receiver is told when nobody takes care of it for long enough. */
  NOT_ESCALATED;

  /** In lower case, as the delivery log has it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
