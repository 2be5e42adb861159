package io.tocsin.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Reads one segment from its start, while it may still be growing. */
final class SegmentReader implements AutoCloseable {

  private static final int CHUNK = 256 << 10;

  /** More records than can reach the disk between two looks at a segment. */
  private static final int APPENDED_MEANWHILE = 1 << 20;

  private final Segment segment;
  private final FileChannel channel;

  /** A part of the file; everything before its position was read. */
  private ByteBuffer chunk = ByteBuffer.allocate(0);

  private long chunkAt = Segment.START;

  /**
   * Up to where the last look for a record reached. The segment may have grown since: what stands
   * behind this is no damage, it was not looked at.
   */
  private long lookedTo = Segment.START;

  SegmentReader(Segment segment) throws IOException {
    this.segment = segment;
    this.channel = FileChannel.open(segment.path(), StandardOpenOption.READ);
  }

  Segment segment() {
    return segment;
  }

  /** Where the next record starts. */
  long position() {
    return chunkAt + chunk.position();
  }

  /** Whether {@link #next} had nothing because there was nothing more. */
  boolean isAtEnd() {
    return position() >= lookedTo;
  }

  /** The next record; null when there is no intact one at this place. */
  @Nullable SpoolEntry next() throws IOException {
    lookedTo = end();
    if (!fill(Frame.HEADER) || !Frame.isPlausible(chunk, chunk.position())) {
      return null;
    }
    long size = Frame.sizeAt(chunk, chunk.position());
    if (!fill(Math.toIntExact(size)) || !Frame.isIntact(chunk, chunk.position())) {
      return null;
    }
    int at = chunk.position();
    chunk.position(at + (int) size);
    return new SpoolEntry(Frame.sequenceAt(chunk, at), Frame.payloadAt(chunk, at));
  }

  /**
   * Goes to the next intact record behind a damaged place, or to the end.
   *
   * @param endSequence every record below it is in the segment by now; a few more may be
   * @return its sequence, or {@code endSequence}
   */
  long resync(long lastSequence, long endSequence) throws IOException {
    long from = position();
    ByteBuffer rest = Segment.read(channel, from, end());
    SegmentScan scan = new SegmentScan(rest, lastSequence, endSequence + APPENDED_MEANWHILE);
    boolean found = scan.resync();
    chunk = rest.position(scan.position());
    chunkAt = from;
    return found ? Frame.sequenceAt(rest, scan.position()) : endSequence;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** A file may be shorter than its segment says: cut by somebody, or thinned since. */
  private long end() throws IOException {
    return Math.min(segment.durableBytes(), channel.size());
  }

  private boolean fill(int bytes) throws IOException {
    if (chunk.remaining() >= bytes) {
      return true;
    }
    long from = position();
    if (lookedTo - from < bytes) {
      return false;
    }
    chunk = Segment.read(channel, from, Math.min(lookedTo, from + Math.max(bytes, CHUNK)));
    chunkAt = from;
    return chunk.remaining() >= bytes;
  }
}
