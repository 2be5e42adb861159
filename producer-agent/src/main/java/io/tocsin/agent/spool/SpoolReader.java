package io.tocsin.agent.spool;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the spool's records in order, each once it is on the disk. For one thread at a time. */
public final class SpoolReader {

  private final SpoolFolder folder;
  private final SpoolWriter writer;
  private final SpoolLog log;
  private final Quarantine quarantine;

  private @Nullable SegmentReader current;
  private long lastSequence;
  private volatile boolean hurried;

  SpoolReader(SpoolFolder folder, SpoolWriter writer, SpoolLog log) {
    this.folder = folder;
    this.writer = writer;
    this.log = log;
    this.quarantine = new Quarantine(folder.options().directory(), log);
    this.lastSequence = folder.cursor() - 1;
  }

  /** The next record, or null when none became readable within the time given. */
  public @Nullable SpoolEntry next(Duration patience) throws InterruptedException {
    long durable = writer.durableSequence();
    @Nullable SpoolEntry entry = poll();
    if (entry == null && !patience.isZero()) {
      // Not for the record after the last one: that may be lost, and never come.
      writer.awaitDurable(durable, patience, () -> hurried);
      entry = poll();
    }
    return entry;
  }

  /** From now on nothing is waited for any more. From any thread. */
  public void hurry() {
    hurried = true;
    writer.lookUp();
  }

  void close() {
    leave();
  }

  private @Nullable SpoolEntry poll() {
    do {
      @Nullable SegmentReader here = current;
      @Nullable Segment next = following();
      try {
        @Nullable SpoolEntry entry = here == null ? null : read(here, next);
        if (entry != null) {
          return entry;
        }
      } catch (IOException e) {
        giveUp(here == null ? folder.options().directory() : here.segment().path(), next, e);
      }
      // The next segment was seen before this one was read to its end: it has no more to give.
      if (next == null) {
        return null;
      }
      enter(next);
    } while (true);
  }

  private @Nullable Segment following() {
    return current == null
        ? folder.segments().holding(lastSequence + 1)
        : folder.segments().after(current.segment());
  }

  /** The next record above the last sequence; null at the end of what may be read. */
  private @Nullable SpoolEntry read(SegmentReader here, @Nullable Segment next) throws IOException {
    while (true) {
      @Nullable SpoolEntry entry = here.next();
      if (entry == null) {
        if (here.isAtEnd()) {
          return null;
        }
        skipDamage(here, next);
      } else if (next != null && entry.sequence() >= next.base()) {
        return null; // a write that failed left it behind; the sequence was given again
      } else if (entry.sequence() > lastSequence) {
        lastSequence = entry.sequence();
        return entry;
      }
    }
  }

  private void skipDamage(SegmentReader here, @Nullable Segment next) throws IOException {
    Path path = here.segment().path();
    long at = here.position();
    quarantine.keep(path);
    long before = Math.max(lastSequence, here.segment().base() - 1);
    long found = here.resync(before, endOf(next));
    // What a failed write left behind is none of this segment's records.
    long resumed = next == null ? found : Math.min(found, next.base());
    lost("corrupt", resumed, path.getFileName() + " is damaged at byte " + at);
  }

  private void enter(Segment next) {
    @Nullable SegmentReader before = current;
    leave();
    try {
      current = new SegmentReader(next);
      if (before != null
          && !before.segment().isThinned()
          && next.base() > Math.max(lastSequence + 1, folder.droppedBelow())) {
        lost("missing", next.base(), before.segment().path().getFileName() + " ends too early");
      }
    } catch (NoSuchFileException e) {
      folder.segments().remove(next); // dropped to make room, and declared, in this moment
    } catch (IOException e) {
      giveUp(next.path(), folder.segments().after(next), e);
      folder.segments().remove(next);
    }
  }

  private void giveUp(Path path, @Nullable Segment next, IOException e) {
    log.unreadable(path, e);
    lost("unreadable", endOf(next), path.getFileName() + " cannot be read");
  }

  private long endOf(@Nullable Segment next) {
    return next == null ? writer.durableSequence() : next.base();
  }

  private void lost(String reason, long resumed, String detail) {
    long first = lastSequence + 1;
    if (resumed > first) {
      lastSequence = resumed - 1;
      writer.declare(new Loss(reason, first, resumed - 1, resumed - first, detail));
    }
  }

  private void leave() {
    if (current != null) {
      try {
        current.close();
      } catch (IOException e) {
        log.unreadable(current.segment().path(), e);
      }
    }
    current = null;
  }
}
