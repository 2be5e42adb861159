package io.tocsin.indexer.document;

/** Carries a flaw from where it is found to where the record is at hand. */
final class UnusableException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Flaw flaw;

  UnusableException(Flaw flaw, String detail) {
    // Found in its thousands in a poisoned topic, and caught two frames up: no stack trace.
    super(detail, null, false, false);
    this.flaw = flaw;
  }

  Flaw flaw() {
    return flaw;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
