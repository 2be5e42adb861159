package io.tocsin.benchmarks.alerting;

/** How fast a backlog is worked off: its first part from a cold start, and the rest. */
final class Pace {

  private final long warmUp;
  private final long events;
  private final Stretch cold = new Stretch();
  private final Stretch warm = new Stretch();

  /** From the first look at which anything is done. */
  private static final class Stretch {
    private long begun;
    private long first;
    private double rate;

    void at(long done, long now) {
      if (begun == 0) {
        begun = now;
        first = done;
      } else {
        rate = (done - first) / ((now - begun) / 1e9);
      }
    }
  }

  /**
   * A backlog.
   *
   * @param warmUp how many belong to its first part
   * @param events how many there are in all
   */
  Pace(long warmUp, long events) {
    this.warmUp = warmUp;
    this.events = events;
  }

  /** So many are done now. */
  void at(long done) {
    long now = System.nanoTime();
    if (done > 0 && warm.begun == 0) {
      cold.at(done, now);
    }
    if (done >= warmUp && done > 0) {
      warm.at(Math.min(done, events), now);
    }
  }

  /** Events a second of the first part. */
  double cold() {
    return cold.rate;
  }

  /** Events a second of the rest. */
  double warm() {
    return warm.rate;
  }
}
