package io.tocsin.cli.deadletters;

/** What has become of a letter. */
enum Status {
  /** Nobody has dealt with it. */
  OPEN,
  /** Its record was sent back to its topic. */
  REPLAYED,
  /** Somebody gave it up. */
  PURGED
}
