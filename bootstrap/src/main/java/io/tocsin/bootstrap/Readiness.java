package io.tocsin.bootstrap;

/**
 * Whether a service does its job.
 *
 * @param ready true when it does
 * @param detail what it waits for, or that all is well; for people
 */
public record Readiness(boolean ready, String detail) {

  public static Readiness ok() {
    return new Readiness(true, "ok");
  }

  public static Readiness waitingFor(String what) {
    return new Readiness(false, "waiting for " + what);
  }
}
