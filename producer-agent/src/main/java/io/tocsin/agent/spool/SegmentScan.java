package io.tocsin.agent.spool;

import java.nio.ByteBuffer;

/** Walks the frames of a segment's bytes, and finds the next good one where they are damaged. */
final class SegmentScan {

  private final ByteBuffer bytes;
  private final long endSequence;
  private int at;
  private long lastSequence;

  /**
   * A walk over {@code bytes} from its start.
   *
   * @param lastSequence the sequence before the first record; only larger ones are believed
   * @param endSequence only smaller ones are believed
   */
  SegmentScan(ByteBuffer bytes, long lastSequence, long endSequence) {
    this.bytes = bytes;
    this.lastSequence = lastSequence;
    this.endSequence = endSequence;
  }

  /** Whether an intact frame starts here. */
  boolean atFrame() {
    return intactAt(at);
  }

  boolean atEnd() {
    return at >= bytes.limit();
  }

  /** Steps over the frame at this place. */
  void step() {
    lastSequence = Frame.sequenceAt(bytes, at);
    at += (int) Frame.sizeAt(bytes, at);
  }

  /** Goes to the next intact frame after a damaged place; false, and to the end, without one. */
  boolean resync() {
    for (int next = at + 1; next + Frame.HEADER <= bytes.limit(); next++) {
      if (intactAt(next)) {
        at = next;
        return true;
      }
    }
    at = bytes.limit();
    return false;
  }

  /** Offset of this place within the bytes. */
  int position() {
    return at;
  }

  long lastSequence() {
    return lastSequence;
  }

  /** The sequence is looked at before the checksum: it turns nearly every chance hit away. */
  private boolean intactAt(int place) {
    if (bytes.limit() - place < Frame.HEADER) {
      return false;
    }
    long sequence = Frame.sequenceAt(bytes, place);
    return sequence > lastSequence && sequence < endSequence && Frame.isIntact(bytes, place);
  }
}
