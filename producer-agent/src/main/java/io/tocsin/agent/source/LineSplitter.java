package io.tocsin.agent.source;

import java.util.Arrays;

/**
 * Gathers the bytes of a stream into lines. Memory is bounded by the longest line. For one thread.
 */
public final class LineSplitter {

  /** Takes lines. */
  public interface Handler {
    /**
     * Takes a line without its end.
     *
     * @param cut how many of its bytes were left out
     */
    void line(byte[] buffer, int length, long cut) throws InterruptedException;
  }

  private final int maxLine;
  private final Handler handler;
  private byte[] line = new byte[1024];
  private int length;
  private long cut;

  /**
   * At the beginning of a stream.
   *
   * @param maxLine longer lines are cut there, in bytes
   */
  public LineSplitter(int maxLine, Handler handler) {
    this.maxLine = maxLine;
    this.handler = handler;
  }

  /** More of the stream. */
  public void add(byte[] bytes, int count) throws InterruptedException {
    int from = 0;
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        gather(bytes, from, i);
        emit();
        from = i + 1;
      }
    }
    gather(bytes, from, count);
  }

  /** The stream has ended: its last line needs no end. */
  public void end() throws InterruptedException {
    if (length > 0) {
      emit();
    }
  }

  private void gather(byte[] bytes, int from, int to) {
    int kept = Math.min(to - from, maxLine - length);
    if (line.length < length + kept) {
      line = Arrays.copyOf(line, Math.min(maxLine, Math.max(2 * line.length, length + kept)));
    }
    System.arraycopy(bytes, from, line, length, kept);
    length += kept;
    cut += to - from - kept;
  }

  private void emit() throws InterruptedException {
    int gathered = cut == 0 && length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    long left = cut;
    length = 0;
    cut = 0;
    handler.line(line, gathered, left);
  }
}
