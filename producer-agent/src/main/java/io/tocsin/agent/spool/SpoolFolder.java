package io.tocsin.agent.spool;

import io.tocsin.agent.disk.AtomicFile;
import io.tocsin.bootstrap.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The spool's folder: its lock, its segments, its cursor and the epoch its sequences belong to.
 *
 * <p>A sequence must never be given twice within an epoch, for its id would then name two records
 * and the second would be taken for a re-send. Only after a clean close is it known which sequences
 * were given; after anything else a new epoch begins. Records keep the id they were appended with.
 */
final class SpoolFolder implements AutoCloseable {

  private final SpoolOptions options;
  private final FileChannel lock;
  private final SegmentList segments;
  private final AtomicFile cursorFile;
  private final AtomicFile epochFile;
  private final long cursor;
  private final Tail tail;
  private final String epoch;
  private boolean epochSaved;
  private volatile long droppedBelow;

  private SpoolFolder(SpoolOptions options, FileChannel lock, Clock clock) throws IOException {
    Path directory = options.directory();
    this.options = options;
    this.lock = lock;
    this.segments = SegmentList.load(directory);
    this.cursorFile = new AtomicFile(directory, "cursor");
    Optional<byte[]> saved = read(cursorFile);
    Cursor unsaved = segments.newest() == null ? Cursor.START : new Cursor(0, Cursor.UNKNOWN);
    Cursor last = saved.map(Cursor::decode).orElse(unsaved);
    this.cursor = last.acknowledged();
    this.tail = Tail.check(segments, last);
    this.epochFile = new AtomicFile(directory, "epoch");
    Optional<String> known =
        tail.isTrusted() ? read(epochFile).map(SpoolFolder::text) : Optional.empty();
    this.epochSaved = known.isPresent();
    this.epoch = known.orElseGet(() -> fresh(clock));
    saveEpoch();
  }

  static SpoolFolder open(SpoolOptions options, Clock clock) throws IOException {
    Files.createDirectories(options.directory());
    FileChannel lock =
        FileChannel.open(
            options.directory().resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    try {
      if (tryLock(lock) == null) {
        throw new UserError(
            "another agent uses the spool in " + options.directory(),
            "stop it, or give this one its own agent.data");
      }
      return new SpoolFolder(options, lock, clock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** The name of this life of the spool. */
  String epoch() {
    return epoch;
  }

  /** The first sequence that was never given in this epoch. */
  long nextSequence() {
    return tail.nextSequence();
  }

  /** Everything below it was acknowledged when the cursor was last saved. */
  long cursor() {
    return cursor;
  }

  SegmentList segments() {
    return segments;
  }

  SpoolOptions options() {
    return options;
  }

  /** What was found lost at the start. */
  List<Loss> losses() {
    return tail.losses();
  }

  /** Records below it were dropped to make room; their absence was declared. */
  long droppedBelow() {
    return droppedBelow;
  }

  void droppedBelow(long sequence) {
    if (sequence > droppedBelow) { // only the writer says so
      droppedBelow = sequence;
    }
  }

  /** Not for two threads at once. */
  void saveCursor(Cursor cursor) throws IOException {
    saveEpoch();
    // What was given belongs to the epoch: the next life must not go on in that of another.
    Cursor sure = epochSaved ? cursor : new Cursor(cursor.acknowledged(), Cursor.UNKNOWN);
    cursorFile.write(sure.encode());
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  /** A disk without room must not keep the spool from opening: it is tried again later. */
  private void saveEpoch() {
    if (!epochSaved) {
      try {
        epochFile.write(epoch.getBytes(StandardCharsets.US_ASCII));
        epochSaved = true;
      } catch (IOException e) {
        // The writer meets the same disk, and says and counts it.
      }
    }
  }

  /** What cannot be read is as good as not there. */
  private static Optional<byte[]> read(AtomicFile file) {
    try {
      return file.read();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String text(byte[] ascii) {
    return new String(ascii, StandardCharsets.US_ASCII);
  }

  private static String fresh(Clock clock) {
    return Long.toString(clock.millis(), Character.MAX_RADIX)
        + '-'
        + Integer.toString(new SecureRandom().nextInt(1 << 30), Character.MAX_RADIX);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process holds it
    }
  }
}
