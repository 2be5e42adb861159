package io.tocsin.agent.source.http.otlp;

/** A body that is no request to export logs. The message is for who sent it. */
public final class UnreadableOtlpException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableOtlpException(String problem) {
    super(problem, null, false, false);
  }
}
