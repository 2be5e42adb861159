package io.tocsin.alerting.rule;

/** Which stream of records a rule watches. */
public enum Origin {
  /** Log events, on {@code tocsin.logs}. */
  LOGS,
  /** Measurements, on {@code tocsin.telemetry}. */
  TELEMETRY
}
