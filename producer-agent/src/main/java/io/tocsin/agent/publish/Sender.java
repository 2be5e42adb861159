package io.tocsin.agent.publish;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Hands records to the client on a thread of its own. The client compresses in the thread that
 * hands over, which costs as much as reading and parsing a line: so a source does its part on one
 * core while this does the other on a second.
 */
final class Sender {

  /** How long after the last record this goes on looking for the next one by itself. */
  private static final int LOOKS = 50;

  /** Between two looks; waking a thread for each record would cost more than the record. */
  private static final long LOOK_NANOS = 200_000;

  private static final long SLEEP_NANOS = 1_000_000_000;

  /** Hands over some of what waits; false when there was nothing to do. */
  private final BooleanSupplier work;

  /** Whether there is something to hand over. */
  private final BooleanSupplier waiting;

  private final Thread thread = Thread.ofPlatform().daemon().name("sender").unstarted(this::run);
  private volatile boolean asleep;
  private volatile boolean closing;

  Sender(BooleanSupplier work, BooleanSupplier waiting) {
    this.work = work;
    this.waiting = waiting;
  }

  void start() {
    thread.start();
  }

  /** There is something to hand over. */
  void wake() {
    if (asleep) {
      asleep = false; // one of many records wakes it
      LockSupport.unpark(thread);
    }
  }

  /** Ends after the record at hand. */
  void close() {
    closing = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    int empty = 0;
    while (!closing) {
      if (work.getAsBoolean()) {
        empty = 0;
      } else if (++empty < LOOKS) {
        LockSupport.parkNanos(LOOK_NANOS);
      } else {
        sleep();
      }
    }
  }

  private void sleep() {
    asleep = true;
    // Looked at again after saying so: who adds in between either sees it, or is seen.
    if (!waiting.getAsBoolean() && !closing) {
      LockSupport.parkNanos(SLEEP_NANOS);
    }
    asleep = false;
  }
}
