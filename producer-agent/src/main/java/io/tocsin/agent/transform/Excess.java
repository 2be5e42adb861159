package io.tocsin.agent.transform;

/** What becomes of records above a source's greatest rate. */
public enum Excess {
  /** The source is read more slowly: nothing is lost where it can be made to wait. */
  WAIT,
  /** They are dropped, counted and declared. */
  DROP
}
