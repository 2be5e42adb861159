package io.tocsin.agent.source;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something at once and then every so often, on a thread of its own, until closed. A round
 * that takes longer than its time makes the ones it overran fall out; one that throws is told of
 * and does not end the rounds. Started once, closed once; thread-safe.
 */
public final class Rounds implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
  private static final Duration ORDERLY_END = Duration.ofSeconds(1);
  private static final Duration FORCED_END = Duration.ofMillis(500);

  /** What is done each time. */
  @FunctionalInterface
  public interface Round {

    /** Does it. An interrupt means that the rounds are being closed. */
    void run() throws InterruptedException;
  }

  private final Round round;
  private final long everyNanos;
  private final LongSupplier nanoTime;
  private final Thread thread;
  private final Object lock = new Object();
  private boolean closing;

  /** Rounds under a thread name. {@code nanoTime} is {@code System::nanoTime} but for tests. */
  public Rounds(String threadName, Duration every, Round round, LongSupplier nanoTime) {
    this.round = round;
    this.everyNanos = every.toNanos();
    this.nanoTime = nanoTime;
    // A platform thread: what is measured may block in native code and would pin a virtual one.
    this.thread = Thread.ofPlatform().daemon().name(threadName).unstarted(this::run);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  /** Ends within about a second and a half; a round that still goes on is interrupted. */
  @Override
  public void close() {
    synchronized (lock) {
      closing = true;
      lock.notifyAll();
    }
    try {
      if (!ended(ORDERLY_END)) {
        thread.interrupt();
        if (!ended(FORCED_END)) {
          LOG.atWarn()
              .addKeyValue("thread", thread.getName())
              .log("A round hangs and is left behind");
        }
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private boolean ended(Duration within) throws InterruptedException {
    return thread.getState() == Thread.State.NEW || thread.join(within);
  }

  private void run() {
    try {
      long due = nanoTime.getAsLong();
      while (awaitDue(due)) {
        runOnce();
        due = nextDue(due, nanoTime.getAsLong(), everyNanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void runOnce() throws InterruptedException {
    try {
      round.run();
    } catch (RuntimeException e) {
      // One bad round, whatever it is, must not end all later ones.
      LOG.atError()
          .addKeyValue("thread", thread.getName())
          .setCause(e)
          .log("A round failed; the next one comes in its time");
    }
  }

  /** The first beat after {@code now}, so that rounds neither drift nor pile up. */
  static long nextDue(long due, long now, long every) {
    long missed = Math.max(0, (now - due) / every);
    return due + (missed + 1) * every;
  }

  private boolean awaitDue(long due) throws InterruptedException {
    synchronized (lock) {
      while (!closing) {
        long left = due - nanoTime.getAsLong();
        if (left <= 0) {
          return true;
        }
        lock.wait(left / 1_000_000 + 1);
      }
      return false;
    }
  }
}
