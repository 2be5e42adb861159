package io.tocsin.topics;

import java.util.Locale;

/** What a topic forgets. */
public enum Cleanup {
  /** Whole segments, once all of their records are older than the retention. */
  DELETE,
  /** Every record that a later one of the same key has replaced. */
  COMPACT;

  /** The broker's word for it. */
  String policy() {
    return name().toLowerCase(Locale.ROOT);
  }
}
