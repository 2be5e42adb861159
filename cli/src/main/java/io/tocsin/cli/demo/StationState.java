package io.tocsin.cli.demo;

/** The firmware's states, in the order of their numbers. */
enum StationState {
  HARDFAULT_END,
  IDLE,
  CABLE_DETECT,
  EV_CONNECTED,
  READY,
  CHARGING,
  PAUSED,
  STOPPED,
  FAULT_HARD;

  int number() {
    return ordinal();
  }

  boolean cableIn() {
    return this != IDLE && this != HARDFAULT_END;
  }

  boolean authorised() {
    return this == READY || this == CHARGING || this == PAUSED;
  }

  /** Whether a car draws current. */
  boolean charging() {
    return this == CHARGING;
  }
}
