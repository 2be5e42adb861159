package io.tocsin.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * How far the spool's records are with the broker. Saved now and then: a stale cursor only costs
 * sending some records again, under the same ids. Segments behind it are deleted.
 */
final class Acknowledged {

  private static final long SAVE_EVERY_NANOS = 500_000_000L;

  private final SpoolFolder folder;
  private final SpoolLog log;
  private volatile long sequence;
  private long saved;
  private long given = Cursor.UNKNOWN;
  private long savedAt = System.nanoTime();

  Acknowledged(SpoolFolder folder, SpoolLog log) {
    this.folder = folder;
    this.log = log;
    this.sequence = folder.cursor();
    this.saved = sequence;
  }

  /** Everything below it is acknowledged. */
  long sequence() {
    return sequence;
  }

  synchronized void advance(long to) {
    if (to > sequence) {
      sequence = to;
      deleteSegments();
    }
    if (sequence > saved && System.nanoTime() - savedAt > SAVE_EVERY_NANOS) {
      save();
    }
  }

  /** Saves how far it came, and that no sequence from {@code given} on was ever given. */
  synchronized void close(long given) {
    this.given = given;
    save();
  }

  private void save() {
    try {
      folder.saveCursor(new Cursor(sequence, given));
      saved = sequence;
    } catch (IOException e) {
      log.cursorNotSaved(e);
    }
    savedAt = System.nanoTime();
  }

  /** The newest segment stays: its end tells the next start which sequences were given. */
  private void deleteSegments() {
    SegmentList segments = folder.segments();
    Segment oldest = segments.oldest();
    while (oldest != null) {
      @Nullable Segment next = segments.after(oldest);
      if (next == null || next.base() > sequence) {
        return;
      }
      segments.remove(oldest);
      try {
        Files.deleteIfExists(oldest.path());
      } catch (IOException e) {
        log.notDeleted(oldest.path(), e);
      }
      oldest = next;
    }
  }
}
