package io.tocsin.cli.demo;

/** The firmware's states, with their numbers. */
enum StationState {
  HARDFAULT_END(0),
  IDLE(1),
  CABLE_DETECT(2),
  EV_CONNECTED(3),
  READY(4),
  CHARGING(5),
  PAUSED(6),
  STOPPED(7),
  FAULT_HARD(8);

  private final int number;

  StationState(int number) {
    this.number = number;
  }

  int number() {
    return number;
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
