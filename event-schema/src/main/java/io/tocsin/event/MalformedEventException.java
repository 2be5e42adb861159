package io.tocsin.event;

/** The bytes of a record are not what its topic holds. The record belongs to the dead letters. */
public final class MalformedEventException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  MalformedEventException(String reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  /** A short key out of a small set, fit to count by: {@code not_json}, {@code no_ts}, … */
  public String reason() {
    return reason;
  }
}
