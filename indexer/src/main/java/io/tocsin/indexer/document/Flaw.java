package io.tocsin.indexer.document;

import java.util.Locale;

/** What keeps a record from becoming a document. The label is the dead letter's reason. */
public enum Flaw {
  /** A tombstone where none has a meaning. */
  NO_VALUE,
  /** No byte but white space. */
  EMPTY,
  /** No JSON, or JSON with something behind it, or text that is no UTF-8. */
  NOT_JSON,
  /** JSON, but no object. */
  NOT_OBJECT,
  /** Nested deeper than {@value JsonScan#MAX_DEPTH}. */
  TOO_DEEP,
  /** More bytes than the configuration allows. */
  TOO_LARGE,
  /** No event time, one that cannot be read, or one outside the sane window. */
  BAD_TS,
  /** Something that the indexer itself stumbles over: a fault of ours, kept for us to look at. */
  INTERNAL_ERROR;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** In lower case, as metrics and dead letters have it. */
  public String label() {
    return label;
  }
}
