package io.tocsin.agent.spool;

/** What goes first when the spool is full, in this order. */
public enum Weight {
  /** DEBUG and INFO log events. */
  LIGHT,
  /** Telemetry. */
  MEASUREMENT,
  /** WARNING and above: only goes when nothing else is left. */
  HEAVY;

  private static final Weight[] ALL = values();

  static Weight of(byte ordinal) {
    return ALL[ordinal];
  }

  static boolean isValid(byte ordinal) {
    return ordinal >= 0 && ordinal < ALL.length;
  }
}
