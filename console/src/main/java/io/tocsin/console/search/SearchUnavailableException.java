package io.tocsin.console.search;

/** OpenSearch is away, or too busy. The message says it plainly and holds no secret. */
public sealed class SearchUnavailableException extends Exception permits AnswerTooLargeException {

  private static final long serialVersionUID = 1L;

  SearchUnavailableException(String message) {
    super(message);
  }
}
