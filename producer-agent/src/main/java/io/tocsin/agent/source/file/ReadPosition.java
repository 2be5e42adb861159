package io.tocsin.agent.source.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** How far a file was read, and what was read last: to notice when the file becomes another. */
final class ReadPosition {

  private static final byte[] NOTHING = {};

  private long offset;
  private long scanned;
  private byte[] before;

  /** What is known to stand behind the offset. */
  private byte[] ahead;

  private ReadPosition(long offset, byte[] before, byte[] ahead) {
    this.offset = offset;
    this.scanned = offset;
    this.before = before;
    this.ahead = ahead;
  }

  /** Of a file of which nothing is known. */
  static ReadPosition nowhere() {
    return new ReadPosition(0, NOTHING, NOTHING);
  }

  /**
   * Of a file that was not read yet.
   *
   * @param head what it begins with
   */
  static ReadPosition atStart(byte[] head) {
    return new ReadPosition(0, NOTHING, head);
  }

  /**
   * Of a file that was read before.
   *
   * @param before what stands directly before the offset
   */
  static ReadPosition at(long offset, byte[] before) {
    return new ReadPosition(offset, before, NOTHING);
  }

  /** Where the next line starts. */
  long offset() {
    return offset;
  }

  /** Where the search for the next line end goes on; no less than the offset. */
  long scanned() {
    return scanned;
  }

  /** What stood directly before the offset, at most {@link Fingerprint#TAIL} bytes. */
  byte[] before() {
    return before;
  }

  /** Whether a buffer that starts with what stands before the offset holds the same as ever. */
  boolean isIn(byte[] buffer, int length) {
    int known = before.length + ahead.length;
    return length >= known
        && Arrays.equals(buffer, 0, before.length, before, 0, before.length)
        && Arrays.equals(buffer, before.length, known, ahead, 0, ahead.length);
  }

  /** Whether what stands around the offset is still in the file. */
  boolean isIn(FileChannel channel) throws IOException {
    byte[] around = Fingerprint.read(channel, offset - before.length, before.length + ahead.length);
    return channel.size() >= offset && isIn(around, around.length);
  }

  /**
   * Moves on within a buffer.
   *
   * @param from the offset's place in the buffer
   * @param to the new offset's place
   * @param end how much of the buffer was searched
   */
  void advance(byte[] buffer, int from, int to, int end) {
    scanned = offset + end - from;
    if (to > from) {
      offset += to - from;
      before = Arrays.copyOfRange(buffer, Math.max(0, to - Fingerprint.TAIL), to);
      ahead = NOTHING;
    }
  }

  /** The bytes behind the offset are to be looked at again though nothing was added. */
  void rescan() {
    scanned = offset;
  }

  void scanned(long to) {
    scanned = to;
  }

  void jump(long to, byte[] bytesBefore) {
    offset = to;
    scanned = to;
    before = bytesBefore;
    ahead = NOTHING;
  }
}
