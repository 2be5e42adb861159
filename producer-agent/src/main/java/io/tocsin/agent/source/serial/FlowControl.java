package io.tocsin.agent.source.serial;

/** How either side asks the other to wait. DSR/DTR is missing: Linux cannot do it. */
public enum FlowControl {
  NONE,
  RTS_CTS,
  XON_XOFF
}
