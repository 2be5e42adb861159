package io.tocsin.bootstrap;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and Ctrl-C as something to wait for. The process lives on until {@link #close}, so that
 * whoever was told can stop in order. Thread-safe.
 */
public final class StopSignal implements AutoCloseable {

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch obeyed = new CountDownLatch(1);

  private StopSignal() {}

  /** Listens from now on. */
  public static StopSignal listen() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(signal::requestAndWait));
    return signal;
  }

  /** Whether the process was told to stop. */
  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Waits for the signal; false when it did not come within the time. */
  public boolean await(Duration most) throws InterruptedException {
    return requested.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** All is stopped; the process may end. */
  @Override
  public void close() {
    obeyed.countDown();
  }

  private void requestAndWait() {
    requested.countDown();
    try {
      obeyed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
