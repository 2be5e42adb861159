package io.tocsin.agent.parse.frame;

import org.jspecify.annotations.Nullable;

/**
 * Frames that end with one byte that stands nowhere else in the stream: lines, COBS, SLIP. What
 * stands before the byte is decoded; nothing between two of them is no frame.
 */
final class TerminatedFramer implements Framer {

  /** What a frame says, or null when it breaks the encoding's rules. */
  interface Decoder {
    byte @Nullable [] decode(byte[] encoded);
  }

  private final byte terminator;
  private final int maxBytes;
  private final int maxEncoded;
  private final Decoder decoder;
  private final FrameSink sink;
  private final NoiseRun noise;
  private final FrameBuffer frame = new FrameBuffer();
  private boolean skipping;

  TerminatedFramer(byte terminator, int maxBytes, int maxEncoded, Decoder decoder, FrameSink sink) {
    this.terminator = terminator;
    this.maxBytes = maxBytes;
    this.maxEncoded = maxEncoded;
    this.decoder = decoder;
    this.sink = sink;
    this.noise = new NoiseRun(sink);
  }

  @Override
  public void accept(byte[] bytes, int length) throws InterruptedException {
    for (int i = 0; i < length; i++) {
      byte b = bytes[i];
      if (b == terminator) {
        end();
      } else if (skipping) {
        noise.add(b, 0);
      } else {
        frame.add(b);
        if (frame.size() > maxEncoded) {
          skipping = true;
          reject(Rejection.TOO_LONG);
        }
      }
    }
  }

  private void end() throws InterruptedException {
    if (skipping) {
      skipping = false;
      noise.flush();
    } else if (frame.size() > 0) {
      decode();
    }
  }

  private void decode() throws InterruptedException {
    byte @Nullable [] decoded = decoder.decode(frame.copy());
    if (decoded == null) {
      reject(Rejection.BAD_ENCODING);
    } else if (decoded.length > maxBytes) {
      reject(Rejection.TOO_LONG);
    } else {
      frame.clear();
      if (decoded.length > 0) {
        sink.frame(decoded);
      }
    }
  }

  private void reject(Rejection reason) throws InterruptedException {
    sink.rejected(reason, frame.head(FrameSink.KEPT), frame.size());
    frame.clear();
  }

  @Override
  public void idle() throws InterruptedException {
    noise.flush();
  }

  @Override
  public void reset() throws InterruptedException {
    if (frame.size() > 0) {
      reject(Rejection.TRUNCATED);
    }
    skipping = false;
    noise.flush();
  }
}
