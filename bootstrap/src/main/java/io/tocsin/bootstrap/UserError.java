package io.tocsin.bootstrap;

/**
 * Something the user can mend: shown as one line and a remedy, never as a stack trace. Commands
 * exit with status 2.
 */
public final class UserError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String remedy;

  /**
   * What went wrong, and what to do about it.
   *
   * @param message names the thing: {@code port 9092 is taken}
   * @param remedy an instruction: {@code stop what listens there, or give --kafka-port}
   */
  public UserError(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  public String remedy() {
    return remedy;
  }
}
