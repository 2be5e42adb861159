package io.tocsin.agent.transform;

import java.time.Duration;

/** What becomes of a record. */
public sealed interface Verdict {

  /**
   * It goes on.
   *
   * @param oneIn how many records it stands for: more than 1 while the others are dropped
   */
  record Keep(int oneIn) implements Verdict {

    /** It stands for itself. */
    public static final Keep ONE = new Keep(1);
  }

  /**
   * It is dropped, and that is to be declared.
   *
   * @param reason {@code sampled} or {@code rate}
   */
  record Drop(String reason) implements Verdict {}

  /** It is to be asked for again after this time. */
  record Wait(Duration time) implements Verdict {

    /** Sleeps for that time, or for as long as the caller may. */
    public void sleep(Duration atMost) throws InterruptedException {
      Thread.sleep(time.compareTo(atMost) < 0 ? time : atMost);
    }
  }
}
