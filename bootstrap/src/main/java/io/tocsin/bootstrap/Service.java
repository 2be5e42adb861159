package io.tocsin.bootstrap;

/** A part of the platform that runs in the background between {@link #start} and {@link #close}. */
public interface Service extends AutoCloseable {

  /** A short name for people and for {@code /readyz}: {@code agent}, {@code indexer}, … */
  String name();

  /** Begins the work and returns; called once. Trouble that time may heal shows in readiness. */
  void start();

  /** Whether it does its job at this moment. Cheap; from any thread. */
  Readiness readiness();

  /** Whether its threads live. One that does not is not ready either, and only a restart helps. */
  default boolean isAlive() {
    return true;
  }

  /** Stops in order, losing nothing, within ten seconds. A second call does nothing. */
  @Override
  void close();
}
