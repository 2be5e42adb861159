package io.tocsin.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the spool within its bytes. The lightest records of the oldest segments go first: DEBUG and
 * INFO of all segments, then telemetry of all, then the oldest segment whole. Runs on the writer's
 * thread; the newest segment is left alone.
 *
 * <p>A record that the reader had already handed on when it was dropped here may still arrive: a
 * loss is declared rather once too often.
 */
final class RoomMaker {

  private final SpoolFolder folder;
  private final Acknowledged acknowledged;
  private final SpoolLog log;

  RoomMaker(SpoolFolder folder, Acknowledged acknowledged, SpoolLog log) {
    this.folder = folder;
    this.acknowledged = acknowledged;
    this.log = log;
  }

  boolean isFull(long more) {
    return folder.segments().bytes() + more > folder.options().maxBytes();
  }

  /**
   * Whether {@code more} would make it so full that records have to go. Below the bound is left
   * free what those who wait may add at once; what is acknowledged makes room only by segments.
   */
  boolean isWorthWaiting(long more, long nextSequence) {
    return acknowledged.sequence() < nextSequence && isFull(more + folder.options().segmentBytes());
  }

  /** Drops records until {@code bytes} more fit, or nothing is left to drop. */
  void make(long bytes, Consumer<Loss> declare) {
    while (isFull(bytes)) {
      @Nullable Segment victim = thinnest();
      if (victim == null) {
        return;
      }
      Weight weight = Weight.of(victim.thinned());
      @Nullable Loss loss = weight == Weight.HEAVY ? dropped(victim) : thinned(victim, weight);
      if (loss != null) {
        declare.accept(loss);
      }
    }
  }

  /** The oldest of the segments that have had the least taken out. */
  private @Nullable Segment thinnest() {
    @Nullable Segment newest = folder.segments().newest();
    @Nullable Segment best = null;
    for (Segment segment : folder.segments().all()) {
      if (segment != newest && (best == null || segment.thinned() < best.thinned())) {
        best = segment;
      }
    }
    return best;
  }

  private Loss dropped(Segment segment) {
    long from = Math.max(segment.base(), acknowledged.sequence());
    @Nullable Segment next = folder.segments().after(segment);
    long to = next == null ? from : next.base() - 1;
    Counting counting = new Counting(from);
    try {
      copy(segment, counting);
    } catch (IOException e) {
      log.unreadable(segment.path(), e);
    }
    folder.droppedBelow(to + 1);
    folder.segments().remove(segment);
    try {
      Files.deleteIfExists(segment.path());
    } catch (IOException e) {
      log.notDeleted(segment.path(), e);
    }
    return new Loss(
        "full", from, to, counting.records, "the spool was full: its oldest segment went");
  }

  private @Nullable Loss thinned(Segment segment, Weight weight) {
    segment.thinned(weight.code() + 1);
    Path scratch = segment.path().resolveSibling(segment.path().getFileName() + ".tmp");
    try (FileChannel out = Segment.create(scratch)) {
      Thinning thinning = new Thinning(weight, acknowledged.sequence(), out);
      copy(segment, thinning);
      if (thinning.records == 0) {
        Files.delete(scratch);
        return null;
      }
      out.force(true);
      long size = out.size();
      Files.move(scratch, segment.path(), StandardCopyOption.ATOMIC_MOVE);
      Segment thinner = new Segment(segment.base(), segment.path(), size);
      thinner.thinned(segment.thinned());
      folder.segments().add(thinner);
      return new Loss(
          "full",
          thinning.first,
          thinning.last,
          thinning.records,
          "the spool was full: the oldest "
              + (weight == Weight.LIGHT ? "DEBUG and INFO events" : "telemetry")
              + " went");
    } catch (IOException e) {
      // No room for the thinner copy, or the segment is damaged: its turn to go whole comes.
      log.unreadable(segment.path(), e);
      segment.thinned(Weight.HEAVY.code());
      forget(scratch);
      return null;
    }
  }

  /** On a full disk the half of a copy would take the room that is needed. */
  private void forget(Path scratch) {
    try {
      Files.deleteIfExists(scratch);
    } catch (IOException e) {
      log.notDeleted(scratch, e);
    }
  }

  private static void copy(Segment segment, Frames each) throws IOException {
    try (FileChannel in = FileChannel.open(segment.path(), StandardOpenOption.READ)) {
      ByteBuffer bytes = Segment.read(in, Segment.START, segment.durableBytes());
      SegmentScan scan = new SegmentScan(bytes, segment.base() - 1, Long.MAX_VALUE);
      while (!scan.atEnd()) {
        int from = scan.position();
        if (scan.atFrame()) {
          scan.step();
          each.frame(
              Frame.sequenceAt(bytes, from),
              Frame.weightAt(bytes, from),
              bytes.slice(from, scan.position() - from));
        } else {
          throw new IOException("damaged at " + (Segment.START + from));
        }
      }
    }
  }

  private interface Frames {
    void frame(long sequence, Weight weight, ByteBuffer bytes) throws IOException;
  }

  private static final class Counting implements Frames {
    private final long from;
    private long records;

    Counting(long from) {
      this.from = from;
    }

    @Override
    public void frame(long sequence, Weight weight, ByteBuffer bytes) {
      if (sequence >= from) {
        records++;
      }
    }
  }

  /** Copies all but the records of a weight; those that are acknowledged are no loss. */
  private static final class Thinning implements Frames {
    private final Weight weight;
    private final long acknowledged;
    private final FileChannel out;
    private long records;
    private long first = Long.MAX_VALUE;
    private long last;

    Thinning(Weight weight, long acknowledged, FileChannel out) {
      this.weight = weight;
      this.acknowledged = acknowledged;
      this.out = out;
    }

    @Override
    public void frame(long sequence, Weight weight, ByteBuffer bytes) throws IOException {
      if (sequence < acknowledged) {
        return;
      }
      if (weight != this.weight) {
        Segment.writeFully(out, bytes);
        return;
      }
      records++;
      first = Math.min(first, sequence);
      last = sequence;
    }
  }
}
