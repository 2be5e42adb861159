package io.tocsin.agent.source.http;

/** An event of a batch that cannot be taken, so that the batch is not. */
final class BadEventException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int index;

  /** The place in the batch, from 0, and what is wrong, for who sent it. */
  BadEventException(int index, String problem) {
    super(problem, null, false, false);
    this.index = index;
  }

  int index() {
    return index;
  }
}
