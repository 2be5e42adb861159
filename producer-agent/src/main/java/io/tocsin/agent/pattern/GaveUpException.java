package io.tocsin.agent.pattern;

/** Whether a pattern fits was not found out within the bound. */
public final class GaveUpException extends Exception {

  private static final long serialVersionUID = 1L;

  GaveUpException() {
    super("the pattern takes too long on this text", null, false, false);
  }
}
