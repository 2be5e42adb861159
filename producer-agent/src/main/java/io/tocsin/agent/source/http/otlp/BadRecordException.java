package io.tocsin.agent.source.http.otlp;

/** A log record that cannot be taken; the others of its request may be. */
final class BadRecordException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadRecordException(String problem) {
    super(problem, null, false, false);
  }
}
