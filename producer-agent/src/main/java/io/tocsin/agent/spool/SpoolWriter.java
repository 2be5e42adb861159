package io.tocsin.agent.spool;

import io.tocsin.agent.spool.Spool.Encoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Takes records from any thread and brings them to the disk in groups: while one group is forced,
 * the next one gathers.
 */
final class SpoolWriter {

  /** What may wait in memory for the disk. */
  private static final int MAX_PENDING = 1 << 20;

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final SpoolFolder folder;
  private final RoomMaker room;
  private final SpoolLog log;
  private final Function<Loss, Encoder> declaration;
  private final ActiveSegment active;
  private final Thread thread = Thread.ofPlatform().name("spool-writer").unstarted(this::run);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition appended = lock.newCondition();
  private final Condition taken = lock.newCondition();
  private final Condition forced = lock.newCondition();
  private Batch pending = new Batch();
  private Batch writing = new Batch();
  private long durable;
  private boolean closing;
  private boolean closed;
  private volatile long next;
  private volatile boolean healthy = true;

  SpoolWriter(
      SpoolFolder folder, RoomMaker room, SpoolLog log, Function<Loss, Encoder> declaration) {
    this.folder = folder;
    this.room = room;
    this.log = log;
    this.declaration = declaration;
    this.active = new ActiveSegment(folder);
    this.next = folder.nextSequence();
    this.durable = next;
  }

  void start() {
    folder.losses().forEach(this::declare);
    thread.start();
  }

  long nextSequence() {
    return next;
  }

  boolean isWriting() {
    return healthy;
  }

  long append(Weight weight, boolean mayWait, Encoder encoder) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (pending.size() >= MAX_PENDING || (mayWait && mustWaitForRoom())) {
        requireOpen();
        taken.await();
      }
      requireOpen();
      return add(weight, encoder);
    } finally {
      lock.unlock();
    }
  }

  /** Appends all of these in a row or, when there is no room in time, none of them. */
  OptionalLong appendAll(List<Spool.Draft> drafts, Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (pending.size() >= MAX_PENDING || mustWaitForRoom()) {
        requireOpen();
        if (left <= 0) {
          return OptionalLong.empty();
        }
        left = taken.awaitNanos(left);
      }
      requireOpen();
      // All are encoded before any is added: one that cannot be leaves nothing behind.
      List<byte[]> payloads = new ArrayList<>();
      for (Spool.Draft draft : drafts) {
        payloads.add(draft.encoder().encode(folder.epoch(), next + payloads.size()));
      }
      long last = next - 1;
      for (int i = 0; i < payloads.size(); i++) {
        byte[] payload = payloads.get(i);
        last = add(drafts.get(i).weight(), (epoch, sequence) -> payload);
      }
      return OptionalLong.of(last);
    } finally {
      lock.unlock();
    }
  }

  /** Appends the declaration of a loss; never waits, for those who call it must go on. */
  void declare(Loss loss) {
    log.lost(loss);
    lock.lock();
    try {
      if (!closed) {
        add(Weight.HEAVY, declaration.apply(loss));
      }
    } finally {
      lock.unlock();
    }
  }

  void awaitDurable(long sequence) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (durable <= sequence) {
        if (closed) {
          throw new IllegalStateException("the spool was closed before the record was on the disk");
        }
        forced.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the record is on the disk, the time is up or the spool is closed: false then. */
  boolean awaitDurable(long sequence, Duration patience) throws InterruptedException {
    return awaitDurable(sequence, patience, () -> false);
  }

  /** The same, or until it is enough: to be {@linkplain #lookUp asked} again. */
  boolean awaitDurable(long sequence, Duration patience, BooleanSupplier isEnough)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (durable <= sequence && !closed && left > 0 && !isEnough.getAsBoolean()) {
        left = forced.awaitNanos(left);
      }
      return durable > sequence;
    } finally {
      lock.unlock();
    }
  }

  /** Makes who waits for the disk ask again whether it is enough. */
  void lookUp() {
    lock.lock();
    try {
      forced.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Every record below it is on the disk. */
  long durableSequence() {
    lock.lock();
    try {
      return durable;
    } finally {
      lock.unlock();
    }
  }

  /** Wakes appenders that wait for room. */
  void roomMade() {
    lock.lock();
    try {
      if (lock.hasWaiters(taken)) {
        taken.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closing = true;
      appended.signal();
      taken.signalAll();
    } finally {
      lock.unlock();
    }
    joinUninterruptibly();
  }

  private long add(Weight weight, Encoder encoder) {
    long sequence = next;
    boolean first = pending.isEmpty();
    pending.add(sequence, weight, encoder.encode(folder.epoch(), sequence));
    next = sequence + 1;
    if (first || pending.size() >= MAX_PENDING) {
      appended.signal(); // in between the writer is gathering; waking it would only cost
    }
    return sequence;
  }

  private boolean mustWaitForRoom() {
    return room.isWorthWaiting(pending.size() + (long) writing.size(), next);
  }

  private void requireOpen() {
    if (closing) {
      throw new IllegalStateException("the spool is closed");
    }
  }

  private void run() {
    try {
      long forcedAt = System.nanoTime() - folder.options().forceEvery().toNanos();
      while (take(forcedAt)) {
        forcedAt = System.nanoTime();
        bringToDisk();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      finish();
    }
  }

  /** Waits for records and for the time between two forces; false when there will be no more. */
  private boolean take(long forcedAt) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (pending.isEmpty() && !closing) {
        appended.await();
      }
      long left = forcedAt + folder.options().forceEvery().toNanos() - System.nanoTime();
      while (left > 0 && !closing && pending.size() < MAX_PENDING) {
        left = appended.awaitNanos(left);
      }
      Batch full = pending;
      pending = writing;
      writing = full;
      taken.signalAll();
      return !full.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void bringToDisk() throws InterruptedException {
    boolean first = true;
    while (true) {
      try {
        room.make(writing.size(), this::declare);
        active.append(writing.firstSequence(), writing.bytes());
        break;
      } catch (IOException e) {
        log.cannotWrite(e, first);
        healthy = false;
        first = false;
        active.abandon();
        if (isLastTry()) {
          log.abandoned(writing.size());
          writing.clear();
          return;
        }
      }
    }
    if (!healthy) {
      healthy = true;
      log.writesAgain();
    }
    announce();
  }

  private boolean isLastTry() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = RETRY_NANOS;
      while (left > 0 && !closing) {
        left = appended.awaitNanos(left);
      }
      return closing;
    } finally {
      lock.unlock();
    }
  }

  private void announce() {
    lock.lock();
    try {
      durable = writing.endSequence();
      writing.clear();
      forced.signalAll();
      taken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void finish() {
    active.close();
    lock.lock();
    try {
      closing = true;
      closed = true;
      forced.signalAll();
      taken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void joinUninterruptibly() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Frames on their way to the disk, in one growing buffer. */
  private static final class Batch {
    private ByteBuffer frames = ByteBuffer.allocate(16 << 10);
    private long firstSequence;
    private long endSequence;

    void add(long sequence, Weight weight, byte[] payload) {
      if (payload.length > Frame.MAX_PAYLOAD) {
        throw new IllegalArgumentException("no record may be larger than " + Frame.MAX_PAYLOAD);
      }
      if (isEmpty()) {
        firstSequence = sequence;
      }
      int size = Frame.HEADER + payload.length;
      if (frames.remaining() < size) {
        int capacity = Math.max(2 * frames.capacity(), frames.position() + size);
        frames = ByteBuffer.allocate(capacity).put(frames.flip());
      }
      Frame.write(frames, sequence, weight, payload);
      endSequence = sequence + 1;
    }

    boolean isEmpty() {
      return frames.position() == 0;
    }

    int size() {
      return frames.position();
    }

    long firstSequence() {
      return firstSequence;
    }

    long endSequence() {
      return endSequence;
    }

    ByteBuffer bytes() {
      return frames.duplicate().flip();
    }

    /** An unusually large buffer is not kept. */
    void clear() {
      frames = frames.capacity() > 2 * MAX_PENDING ? ByteBuffer.allocate(16 << 10) : frames.clear();
    }
  }
}
