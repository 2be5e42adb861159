package io.tocsin.bootstrap.http;

/** Ends a request with a status and a JSON body that says why. */
public final class HttpProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /** A 4xx or 5xx status and a sentence for people. */
  public HttpProblem(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}
