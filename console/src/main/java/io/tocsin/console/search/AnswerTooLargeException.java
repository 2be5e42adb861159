package io.tocsin.console.search;

/** What was asked for does not fit into memory; less of it may. */
final class AnswerTooLargeException extends SearchUnavailableException {

  private static final long serialVersionUID = 1L;

  AnswerTooLargeException(String message) {
    super(message);
  }
}
