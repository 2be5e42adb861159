package io.tocsin.agent.spool;

/** What goes first when the spool is full, in this order. */
public enum Weight {
  /** DEBUG and INFO log events. */
  LIGHT(0),
  /** Telemetry. */
  MEASUREMENT(1),
  /** WARNING and above: only goes when nothing else is left. */
  HEAVY(2);

  private static final Weight[] BY_CODE = {LIGHT, MEASUREMENT, HEAVY};

  private final int code;

  Weight(int code) {
    this.code = code;
  }

  /** How it stands on the disk: the heavier, the larger. */
  int code() {
    return code;
  }

  static Weight of(int code) {
    return BY_CODE[code];
  }

  static boolean isValid(int code) {
    return code >= 0 && code < BY_CODE.length;
  }
}
