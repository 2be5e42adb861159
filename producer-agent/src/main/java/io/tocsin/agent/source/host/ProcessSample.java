package io.tocsin.agent.source.host;

/**
 * A process at one moment.
 *
 * @param cpuMillis spent since it began, on all cores together
 * @param residentBytes of memory
 */
record ProcessSample(long cpuMillis, long residentBytes, int threads) {

  /** Numbers are used again; the time at which it began tells which one it is. */
  record Identity(int pid, long beganMillis) {}
}
