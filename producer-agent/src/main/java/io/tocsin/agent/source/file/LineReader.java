package io.tocsin.agent.source.file;

import io.tocsin.event.PlainText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Cuts the bytes of files into lines. One buffer serves all files of a source: what is not a whole
 * line yet stays in its file and is read again. Not thread-safe.
 */
final class LineReader {

  private static final int CHUNK = 256 << 10;

  /** What a read came to. */
  enum Outcome {
    /** Lines were handed on; there may be more. */
    LINES,
    /** No whole line is there. */
    NOTHING,
    /** The handler had no room; the line comes again. */
    BLOCKED,
    /** The file does not hold any more what was read from it: it was cut, or written anew. */
    REPLACED
  }

  /** Takes lines. */
  interface Handler {
    /**
     * Takes a line, without its end.
     *
     * @param cut how many of its bytes were left out
     * @param start where it starts in the file
     * @param next where the next one starts
     * @return false when there is no room
     */
    boolean line(byte[] buffer, int from, int length, long cut, long start, long next)
        throws InterruptedException;
  }

  private final int maxLine;
  private byte[] buffer = new byte[0];

  LineReader(long maxLine) {
    this.maxLine = Math.toIntExact(maxLine);
  }

  /** Hands on the whole lines of one chunk. */
  Outcome read(FileChannel channel, ReadPosition position, Handler handler)
      throws IOException, InterruptedException {
    long size = channel.size();
    if (size < position.offset()) {
      return Outcome.REPLACED;
    }
    if (size == position.scanned()) {
      return Outcome.NOTHING;
    }
    if (size < position.scanned()) {
      position.rescan(); // half a line was taken back
    }
    int before = position.before().length;
    int wanted = CHUNK;
    while (true) {
      int length = fill(channel, position.offset() - before, before + wanted);
      if (!position.isIn(buffer, length)) {
        return Outcome.REPLACED;
      }
      Outcome outcome = lines(length, position, handler);
      if (outcome != Outcome.NOTHING || length < before + wanted) {
        return outcome;
      }
      if (wanted > maxLine) {
        return longLine(channel, position, handler);
      }
      wanted = Math.min(4 * wanted, maxLine + 1);
    }
  }

  /** Hands on what stands behind the last line end, as a line: nothing will be added to it. */
  Outcome readRest(FileChannel channel, ReadPosition position, Handler handler)
      throws IOException, InterruptedException {
    long size = channel.size();
    long start = position.offset();
    if (size <= start) {
      return Outcome.NOTHING;
    }
    int length = fill(channel, start, (int) Math.min(size - start, maxLine));
    long cut = size - start - length;
    if (!handler.line(buffer, 0, trimmed(0, length, cut), cut, start, size)) {
      return Outcome.BLOCKED;
    }
    position.jump(size, new byte[0]);
    return Outcome.LINES;
  }

  private Outcome lines(int length, ReadPosition position, Handler handler)
      throws InterruptedException {
    int first = position.before().length;
    long base = position.offset() - first;
    int start = first;
    int end = indexOfLineEnd(start, length);
    Outcome outcome = end < 0 ? Outcome.NOTHING : Outcome.LINES;
    while (end >= 0) {
      long cut = Math.max(0, end - start - maxLine);
      int to = trimmed(start, (int) (end - cut), cut);
      if (!handler.line(buffer, start, to - start, cut, base + start, base + end + 1)) {
        outcome = Outcome.BLOCKED;
        break;
      }
      start = end + 1;
      end = indexOfLineEnd(start, length);
    }
    position.advance(buffer, first, start, length);
    if (outcome == Outcome.BLOCKED) {
      position.rescan();
    }
    return outcome;
  }

  /** A line that does not fit into the buffer: its end is looked for, its head handed on. */
  private Outcome longLine(FileChannel channel, ReadPosition position, Handler handler)
      throws IOException, InterruptedException {
    long end = findLineEnd(channel, position.scanned());
    if (end < 0) {
      position.scanned(-end);
      return Outcome.NOTHING;
    }
    long start = position.offset();
    int length = fill(channel, start, maxLine);
    long cut = end - start - length;
    if (!handler.line(buffer, 0, trimmed(0, length, cut), cut, start, end + 1)) {
      return Outcome.BLOCKED;
    }
    int before = fill(channel, end + 1 - Fingerprint.TAIL, Fingerprint.TAIL);
    byte[] bytes = new byte[before];
    System.arraycopy(buffer, 0, bytes, 0, before);
    position.jump(end + 1, bytes);
    return Outcome.LINES;
  }

  /** Where the next line end is, or the negated place up to which there is none. */
  private long findLineEnd(FileChannel channel, long from) throws IOException {
    long at = from;
    while (true) {
      int length = fill(channel, at, CHUNK);
      if (length == 0) {
        return -at;
      }
      int end = indexOfLineEnd(0, length);
      if (end >= 0) {
        return at + end;
      }
      at += length;
    }
  }

  private int fill(FileChannel channel, long from, int wanted) throws IOException {
    if (buffer.length < wanted) {
      buffer = new byte[wanted];
    }
    ByteBuffer into = ByteBuffer.wrap(buffer, 0, wanted);
    while (into.hasRemaining() && channel.read(into, from + into.position()) >= 0) {
      // a read may give less than there is
    }
    return into.position();
  }

  private int indexOfLineEnd(int from, int to) {
    int at = PlainText.find('\n', buffer, from, to);
    return at < to ? at : -1;
  }

  /** The end of a line's text: without a carriage return, and not within a UTF-8 character. */
  private int trimmed(int from, int to, long cut) {
    int end = to;
    if (cut > 0) {
      while (end > from && (buffer[end - 1] & 0xC0) == 0x80) {
        end--;
      }
      return end > from && (buffer[end - 1] & 0xC0) == 0xC0 ? end - 1 : end;
    }
    return end > from && buffer[end - 1] == '\r' ? end - 1 : end;
  }
}
