package io.tocsin.agent.publish;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

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

  /** Hands over what is queued; false when there was nothing to do. */
  private final BooleanSupplier work;

  /** In the order of each lane; bounded by what the lanes may hold. */
  private final Queue<InFlight> queue = new ConcurrentLinkedQueue<>();

  private final Thread thread = Thread.ofPlatform().daemon().name("sender").unstarted(this::run);
  private volatile boolean asleep;
  private volatile boolean closing;

  Sender(BooleanSupplier work) {
    this.work = work;
  }

  void start() {
    thread.start();
  }

  void add(InFlight record) {
    queue.add(record);
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  @Nullable InFlight next() {
    return queue.poll();
  }

  void clear() {
    queue.clear();
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
    if (queue.isEmpty() && !closing) {
      LockSupport.parkNanos(SLEEP_NANOS);
    }
    asleep = false;
  }
}
