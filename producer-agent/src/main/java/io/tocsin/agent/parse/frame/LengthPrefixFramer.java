package io.tocsin.agent.parse.frame;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Frames led by their length, most significant byte first; the checksum, where there is one, counts
 * as part of the frame. Such a stream has no mark to find its place again: after an impossible
 * length or a wrong checksum every following byte is tried as the beginning, and silence gives up
 * on a frame that stands half done.
 */
final class LengthPrefixFramer implements Framer {

  private final int prefix;
  private final int maxBytes;
  private final @Nullable Checksum checksum;
  private final FrameSink sink;
  private final NoiseRun noise;
  private final byte[] buffer;
  private int from;
  private int to;
  private boolean lost;

  LengthPrefixFramer(int prefix, int maxBytes, @Nullable Checksum checksum, FrameSink sink) {
    this.prefix = prefix;
    this.maxBytes = maxBytes;
    this.checksum = checksum;
    this.sink = sink;
    this.noise = new NoiseRun(sink);
    this.buffer = new byte[2 * (prefix + maxBytes)];
  }

  @Override
  public void accept(byte[] bytes, int length) throws InterruptedException {
    for (int i = 0; i < length; i++) {
      if (to == buffer.length) {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
      }
      buffer[to++] = bytes[i];
      drain();
    }
  }

  private void drain() throws InterruptedException {
    while (to - from >= prefix) {
      long length = length();
      if (length == 0 || length > maxBytes) {
        loseOneByte(Rejection.TOO_LONG, prefix);
      } else if (to - from < prefix + length) {
        return;
      } else {
        deliver((int) length);
      }
    }
  }

  private void deliver(int length) throws InterruptedException {
    byte[] content = Arrays.copyOfRange(buffer, from + prefix, from + prefix + length);
    if (checksum == null || checksum.matches(content)) {
      lost = false;
      noise.flush();
      from += prefix + length;
      sink.frame(checksum == null ? content : checksum.strip(content));
    } else {
      loseOneByte(Rejection.BAD_CHECKSUM, prefix + length);
    }
  }

  /** Only the first failure is a rejected frame; those of the search that follows are not. */
  private void loseOneByte(Rejection reason, int length) throws InterruptedException {
    if (!lost) {
      lost = true;
      int kept = Math.min(Math.min(length, to - from), FrameSink.KEPT);
      sink.rejected(reason, Arrays.copyOfRange(buffer, from, from + kept), length);
    }
    noise.add(buffer[from++], 0);
  }

  private long length() {
    long length = 0;
    for (int i = 0; i < prefix; i++) {
      length = length << 8 | (buffer[from + i] & 0xFF);
    }
    return length;
  }

  /**
   * Without a checksum what waits is dropped as one: its inner bytes, taken for lengths, would make
   * up frames. With one, a good frame behind a spoilt length is still found.
   */
  @Override
  public void idle() throws InterruptedException {
    while (to > from && checksum != null) {
      loseOneByte(Rejection.TRUNCATED, to - from);
      drain();
    }
    if (to > from && !lost) {
      byte[] half = Arrays.copyOfRange(buffer, from, Math.min(to, from + FrameSink.KEPT));
      sink.rejected(Rejection.TRUNCATED, half, to - from);
    }
    from = 0;
    to = 0;
    lost = false;
    noise.flush();
  }

  @Override
  public void reset() throws InterruptedException {
    idle();
  }
}
