package io.tocsin.agent.publish;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many bytes of unacknowledged records some lanes may hold between them. Thread-safe. */
public final class Budget {

  private final int bytes;
  private final Semaphore free;

  /** At least 64 KiB. */
  public Budget(int bytes) {
    if (bytes < 64 << 10) {
      throw new IllegalArgumentException("a budget is at least 64 KiB: " + bytes);
    }
    this.bytes = bytes;
    this.free = new Semaphore(bytes, true);
  }

  /** Takes room for a record; one larger than the whole takes the whole. */
  boolean take(int size, Duration patience) throws InterruptedException {
    int permits = Math.min(size, bytes);
    // In turn, so that a stream of small records does not starve a large one.
    return free.tryAcquire(permits, patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  void giveBack(int size) {
    free.release(Math.min(size, bytes));
  }
}
