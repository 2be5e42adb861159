package io.tocsin.agent.source.serial;

/** The bit that proves each byte. */
public enum Parity {
  NONE,
  ODD,
  EVEN,
  MARK,
  SPACE
}
