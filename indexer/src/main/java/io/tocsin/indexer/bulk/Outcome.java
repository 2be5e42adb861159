package io.tocsin.indexer.bulk;

/**
 * What came of one document. Reasons are bounded keys, fit for metrics; details are for people and
 * may quote the document.
 */
public sealed interface Outcome {

  /** It is in the index. */
  record Indexed() implements Outcome {
    static final Indexed INSTANCE = new Indexed();
  }

  /** It was in the index already, or something newer was. */
  record Duplicate() implements Outcome {
    static final Duplicate INSTANCE = new Duplicate();
  }

  /**
   * Not now; try again.
   *
   * @param suspect true when the document itself may be the cause, so that it would be refused for
   *     ever; false when the cluster surely is
   */
  record Retriable(String reason, String detail, boolean suspect) implements Outcome {}

  /** Never, as it is. */
  record Rejected(String reason, String detail) implements Outcome {}
}
