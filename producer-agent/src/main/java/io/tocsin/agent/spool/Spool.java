package io.tocsin.agent.spool;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.UserError;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A bounded log on the disk: what is appended comes out in order, across restarts and kills, until
 * it is acknowledged. Thread-safe, but for the one {@link #reader}.
 *
 * <p>It opens whatever it finds. A torn tail is cut off; damage further in is skipped and the file
 * kept as {@code .corrupt}. When it is full, appenders that can wait do so; for the others the
 * oldest DEBUG and INFO events make room first, then the oldest telemetry, then the oldest segment
 * whole. Every loss is declared in a record of its own and counted. A disk that refuses to write
 * makes appenders wait; writing is tried again until it works.
 *
 * <p>Memory is bounded by a few MiB, however much lies on the disk: nothing is loaded at the start
 * but the newest segment.
 */
public final class Spool implements AutoCloseable {

  private final SpoolFolder folder;
  private final SpoolWriter writer;
  private final SpoolReader reader;
  private final Acknowledged acknowledged;
  private final SpoolLog log;

  private Spool(SpoolFolder folder, Function<Loss, Encoder> declaration, SpoolLog log) {
    this.folder = folder;
    this.log = log;
    this.acknowledged = new Acknowledged(folder, log);
    RoomMaker room = new RoomMaker(folder, acknowledged, log);
    this.writer = new SpoolWriter(folder, room, log, declaration);
    this.reader = new SpoolReader(folder, writer, log);
  }

  /** Makes a record's payload once its identity is known. */
  public interface Encoder {
    /**
     * Called under the spool's lock: quick, and without a call back into the spool.
     *
     * @param epoch a name for this life of the spool; no slash
     * @param sequence grows with every record; never given twice within an epoch
     */
    byte[] encode(String epoch, long sequence);
  }

  /** A record that has no identity yet. */
  public record Draft(Weight weight, Encoder encoder) {}

  /**
   * Opens or creates a spool.
   *
   * @param declaration makes the record that declares a loss
   * @throws UserError when the folder cannot be written to, or another process has it open
   */
  public static Spool open(
      SpoolOptions options, Function<Loss, Encoder> declaration, Clock clock, Metrics metrics) {
    SpoolLog log = new SpoolLog(metrics);
    try {
      Spool spool = new Spool(SpoolFolder.open(options, clock), declaration, log);
      spool.writer.start();
      return spool;
    } catch (IOException e) {
      throw new UserError(
          "the spool in " + options.directory() + " cannot be opened: " + e,
          "make the folder writable for this user, with room on its disk");
    }
  }

  /**
   * Appends a record and returns at once; it is on the disk after {@link #awaitDurable}.
   *
   * @param mayWait whether this waits while the spool is full, instead of making room; it always
   *     waits while the disk cannot keep up
   * @return the record's sequence
   * @throws InterruptedException the record was not taken
   * @throws IllegalStateException when the spool is closed
   */
  public long append(Weight weight, boolean mayWait, Encoder encoder) throws InterruptedException {
    return writer.append(weight, mayWait, encoder);
  }

  /**
   * Waits until the record is on the disk.
   *
   * @throws InterruptedException it will most likely be on the disk all the same
   * @throws IllegalStateException when the spool was closed before it was
   */
  public void awaitDurable(long sequence) throws InterruptedException {
    writer.awaitDurable(sequence);
  }

  /**
   * Appends all of these in a row and waits until they are on the disk.
   *
   * @param patience the longest wait for room and for the disk, each
   * @return false when there was no room in time: none was taken; or when the disk did not take
   *     them in time: they most likely will be on it all the same
   * @throws InterruptedException none was taken, or all were
   * @throws IllegalStateException when the spool is closed
   */
  public boolean appendAll(List<Draft> drafts, Duration patience) throws InterruptedException {
    OptionalLong last = writer.appendAll(drafts, patience);
    return last.isPresent() && writer.awaitDurable(last.getAsLong(), patience);
  }

  /** Reads from the first record that is not acknowledged. For one thread. */
  public SpoolReader reader() {
    return reader;
  }

  /** Forgets every record below {@code sequence}. */
  public void acknowledge(long sequence) {
    acknowledged.advance(sequence);
    writer.roomMade();
  }

  /** Every record below it is acknowledged. */
  public long acknowledged() {
    return acknowledged.sequence();
  }

  /** Records that are not acknowledged yet; a little too many after some were dropped. */
  public long depth() {
    return Math.max(0, writer.nextSequence() - acknowledged.sequence());
  }

  /** Bytes on the disk. */
  public long bytes() {
    return folder.segments().bytes();
  }

  /** False while the disk refuses to take records. */
  public boolean isWriting() {
    return writer.isWriting();
  }

  /** Brings what was appended to the disk and closes; records that wait stay for the next time. */
  @Override
  public void close() {
    writer.close();
    reader.close();
    acknowledged.close(writer.durableSequence());
    try {
      folder.close();
    } catch (IOException e) {
      log.lockNotReleased(e);
    }
  }
}
