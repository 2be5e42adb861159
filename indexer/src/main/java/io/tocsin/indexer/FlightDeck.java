package io.tocsin.indexer;

import io.tocsin.indexer.bulk.Backoff;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The slots for bulk requests. Batches are launched by one thread and land on any. */
final class FlightDeck {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  /** Short, for it is what a recovered cluster is left idle at most. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Flight.Crew crew;
  private final int slots;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition landed = lock.newCondition();
  private final Set<Thread> flying = new HashSet<>();
  private @Nullable Throwable crash;
  private long flights;

  FlightDeck(Flight.Crew crew, int slots) {
    this.crew = crew;
    this.slots = slots;
  }

  /** Whether {@link #launch} may be called. */
  boolean hasFreeSlot() {
    lock.lock();
    try {
      return flying.size() < slots;
    } finally {
      lock.unlock();
    }
  }

  /** Sends a batch on its way. */
  void launch(Batch batch) {
    Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, RandomGenerator.getDefault());
    Flight flight = new Flight(crew, backoff, batch.entries());
    Thread thread =
        Thread.ofVirtual()
            .name("tocsin-indexer-bulk-" + flights++)
            .unstarted(() -> fly(flight, batch.bytes()));
    lock.lock();
    try {
      flying.add(thread);
    } finally {
      lock.unlock();
    }
    crew.metrics().launched(batch.bytes());
    thread.start();
  }

  private void fly(Flight flight, long bytes) {
    @Nullable Throwable failure = null;
    try {
      flight.run();
    } catch (InterruptedException e) {
      failure = null; // told to stop; what is not settled is not committed either
    } catch (Throwable t) { // whatever it is, the records must not be forgotten: see crash()
      failure = t;
    } finally {
      crew.metrics().landed(bytes);
      land(failure);
    }
  }

  private void land(@Nullable Throwable failure) {
    lock.lock();
    try {
      flying.remove(Thread.currentThread());
      crash = crash == null ? failure : crash;
      landed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Why a flight ended before its records were settled; null when none did. Its partitions cannot
   * move on; they have to be read again from where they were committed.
   */
  @Nullable Throwable crash() {
    lock.lock();
    try {
      return crash;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a slot is free, or the time is over. */
  void awaitFreeSlot(Duration most) {
    await(slots - 1, most);
  }

  /** Waits until nothing flies; false when the time was over before. */
  boolean awaitIdle(Duration most) {
    return await(0, most);
  }

  private boolean await(int atMostFlying, Duration most) {
    lock.lock();
    try {
      long left = most.toNanos();
      while (flying.size() > atMostFlying && left > 0) {
        left = landed.awaitNanos(left);
      }
      return flying.size() <= atMostFlying;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Calls everything back and waits a little for it to be gone. */
  void abort() {
    lock.lock();
    try {
      flying.forEach(Thread::interrupt);
    } finally {
      lock.unlock();
    }
    awaitIdle(Duration.ofSeconds(1));
  }
}
