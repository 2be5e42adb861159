package io.tocsin.embedded;

import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Both ends of a raw pseudo terminal. The far end is held open too, although only others read it:
 * without a holder the near end reads as hung up between one reader and the next, and the mode goes
 * back to a terminal's.
 *
 * <p>A descriptor's number is free for reuse once it is closed, so closing waits (the write lock)
 * until nobody is inside a system call with it, and those look up often enough to be told.
 */
final class PseudoTerminal implements AutoCloseable {
  private static final int LOOK_UP_MILLIS = 20;
  private static final int CHUNK_BYTES = 4096;

  private final int master;
  private final int slave;
  private final String name;
  private final ReadWriteLock descriptors = new ReentrantReadWriteLock();
  private volatile boolean closed;

  PseudoTerminal() throws IOException {
    master = Posix.openMaster();
    try {
      name = Posix.slaveName(master);
      slave = Posix.openRaw(name);
    } catch (IOException e) {
      Posix.close(master);
      throw e;
    }
  }

  /** The far end, such as {@code /dev/pts/5}. */
  String name() {
    return name;
  }

  /** Waits for at least one byte; -1 once closed. */
  int read(byte[] bytes, int offset, int length) throws IOException {
    while (true) {
      int count =
          attempt(
              Posix.POLLIN, () -> Posix.read(master, bytes, offset, Math.min(length, CHUNK_BYTES)));
      if (closed) {
        return -1;
      }
      if (count > 0) {
        return count;
      }
    }
  }

  /** Writes all of it, waiting while the far end's buffer is full. */
  void write(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int from = offset + done;
      int size = Math.min(length - done, CHUNK_BYTES);
      int count = attempt(Posix.POLLOUT, () -> Posix.write(master, bytes, from, size));
      if (closed) {
        throw new IOException(name + " is unplugged");
      }
      done += Math.max(count, 0);
    }
  }

  private interface Transfer {
    int run() throws IOException;
  }

  private int attempt(short event, Transfer transfer) throws IOException {
    descriptors.readLock().lock();
    try {
      if (closed) {
        return Posix.NOT_NOW;
      }
      int count = transfer.run();
      if (count == Posix.NOT_NOW) {
        Posix.poll(master, event, LOOK_UP_MILLIS);
      }
      return count;
    } finally {
      descriptors.readLock().unlock();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    descriptors.writeLock().lock();
    try {
      Posix.close(slave);
      Posix.close(master);
    } finally {
      descriptors.writeLock().unlock();
    }
  }
}
