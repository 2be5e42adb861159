package io.tocsin.agent.source.file;

import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * Joins lines to events on their way to the writer. What is not handed on yet is not behind the
 * writer's place either, so it is read again after a restart. For the source's thread alone.
 */
final class LineJoiner implements LineReader.Handler {

  private final ContinuationRule rule;
  private final int maxLines;
  private final int maxBytes;
  private final Charset charset;
  private final EventWriter writer;
  private byte[] event = new byte[1024];
  private int head;
  private int length;
  private int lines;
  private long cut;
  private long start;
  private long next;

  /** Joins at most so many bytes, and lines, to one event. */
  LineJoiner(
      ContinuationRule rule, int maxLines, int maxBytes, Charset charset, EventWriter writer) {
    this.rule = rule;
    this.maxLines = maxLines;
    this.maxBytes = maxBytes;
    this.charset = charset;
    this.writer = writer;
  }

  @Override
  public boolean line(byte[] buffer, int from, int size, long cutOff, long lineStart, long lineNext)
      throws InterruptedException {
    String text = new String(buffer, from, size, charset);
    if (lines > 0 && cut == 0 && cutOff == 0 && fits(size) && rule.continues(text)) {
      append(buffer, from, size, lineNext);
      return true;
    }
    if (!flush()) {
      return false;
    }
    rule.begin(text);
    length = 0;
    start = lineStart;
    cut = cutOff;
    append(buffer, from, size, lineNext);
    head = length;
    // A blank line says nothing that others could belong to; the writer steps over it.
    return !text.isBlank() || flush();
  }

  /** Hands on what is there; false when the writer has no room. */
  boolean flush() throws InterruptedException {
    if (lines > 0 && !writer.event(event, head, length, cut, start, next)) {
      return false;
    }
    lines = 0;
    return true;
  }

  boolean isEmpty() {
    return lines == 0;
  }

  private boolean fits(int more) {
    return lines < maxLines && length + 1 + more <= maxBytes;
  }

  private void append(byte[] buffer, int from, int size, long lineNext) {
    int needed = length + 1 + size;
    if (event.length < needed) {
      event = Arrays.copyOf(event, Math.max(2 * event.length, needed));
    }
    if (lines > 0) {
      event[length++] = '\n';
    }
    System.arraycopy(buffer, from, event, length, size);
    length += size;
    lines++;
    next = lineNext;
  }
}
