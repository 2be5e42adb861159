package io.tocsin.indexer;

import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Records to batches: one that grows, and those that are complete and wait for a free slot. While
 * any waits, the consumer is paused, so what waits is at most what one poll brought. Not
 * thread-safe.
 */
final class Batches {

  private final long targetBytes;
  private final long lingerNanos;
  private final ArrayDeque<Batch> complete = new ArrayDeque<>();
  private @Nullable Batch growing;
  private long completeBytes;

  Batches(long targetBytes, Duration linger) {
    this.targetBytes = targetBytes;
    this.lingerNanos = linger.toNanos();
  }

  void add(Entry entry, long nowNanos) {
    Batch batch = growing;
    if (batch == null) {
      batch = new Batch(nowNanos);
      growing = batch;
    }
    batch.add(entry);
    if (batch.bytes() >= targetBytes) {
      seal();
    }
  }

  /** Completes the growing batch when its first record has lingered long enough. */
  void sealIfDue(long nowNanos) {
    if (growing != null && lingerLeft(nowNanos) <= 0) {
      seal();
    }
  }

  /** Completes the growing batch as it is. */
  void seal() {
    if (growing != null) {
      complete.add(growing);
      completeBytes += growing.bytes();
      growing = null;
    }
  }

  /** How long nobody need look at the linger again, in nanoseconds. */
  long lingerLeft(long nowNanos) {
    return growing == null ? Long.MAX_VALUE : lingerNanos - (nowNanos - growing.startedNanos());
  }

  /** What is held here, in bytes. */
  long bytes() {
    return completeBytes + (growing == null ? 0 : growing.bytes());
  }

  boolean waiting() {
    return !complete.isEmpty();
  }

  @Nullable Batch poll() {
    Batch next = complete.poll();
    if (next != null) {
      completeBytes -= next.bytes();
    }
    return next;
  }
}
