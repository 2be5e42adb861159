package io.tocsin.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of the newest segment as it was found at the start.
 *
 * @param nextSequence the first sequence after it
 * @param isTrusted whether every sequence ever given is known to lie below that
 * @param losses what was cut off
 */
record Tail(long nextSequence, boolean isTrusted, List<Loss> losses) {

  /** More records than any segment holds, after which a sequence is not believed. */
  private static final long SEQUENCES = 1L << 40;

  /**
   * Finds the end, and makes it the segment's. Nothing is written: the file is left as it is, for
   * the writer begins a new one.
   */
  static Tail check(SegmentList segments, Cursor cursor) throws IOException {
    @Nullable Segment newest = segments.newest();
    if (newest == null) {
      return of(0, cursor, List.of());
    }
    long base = newest.base();
    ByteBuffer bytes;
    try (FileChannel channel = FileChannel.open(newest.path(), StandardOpenOption.READ)) {
      bytes = Segment.read(channel, Segment.START, channel.size());
    }
    SegmentScan scan = new SegmentScan(bytes, base - 1, base + SEQUENCES);
    int end = walk(scan);
    segments.resize(newest, Math.min(newest.durableBytes(), Segment.START + (long) end));
    int cut = bytes.limit() - end;
    long next = scan.lastSequence() + 1;
    return of(next, cursor, cut == 0 ? List.of() : List.of(torn(next, cut)));
  }

  private static Tail of(long found, Cursor cursor, List<Loss> losses) {
    long next = Math.max(found, Math.max(cursor.acknowledged(), cursor.given()));
    boolean trusted = found == cursor.given() || (found == 0 && cursor.equals(Cursor.START));
    return new Tail(next, trusted && losses.isEmpty(), losses);
  }

  /** The offset behind the last intact frame. Damage before it is left to the reader. */
  private static int walk(SegmentScan scan) {
    int end = 0;
    while (!scan.atEnd() && (scan.atFrame() || scan.resync())) {
      scan.step();
      end = scan.position();
    }
    return end;
  }

  private static Loss torn(long next, int cut) {
    return new Loss("torn_tail", next, next, -1, cut + " bytes behind the last whole record");
  }
}
