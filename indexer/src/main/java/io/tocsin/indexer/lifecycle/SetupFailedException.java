package io.tocsin.indexer.lifecycle;

/** The cluster is away or refuses; the message says which and why. */
public final class SetupFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  SetupFailedException(String message) {
    super(message);
  }
}
