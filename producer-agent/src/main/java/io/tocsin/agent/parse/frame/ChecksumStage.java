package io.tocsin.agent.parse.frame;

import java.util.Arrays;

/** Lets only frames pass whose checksum is right, without it. */
record ChecksumStage(Checksum checksum, FrameSink next) implements FrameSink {

  @Override
  public void frame(byte[] frame) throws InterruptedException {
    if (checksum.matches(frame)) {
      next.frame(checksum.strip(frame));
    } else {
      byte[] beginning = Arrays.copyOf(frame, Math.min(frame.length, KEPT));
      next.rejected(Rejection.BAD_CHECKSUM, beginning, frame.length);
    }
  }

  @Override
  public void rejected(Rejection reason, byte[] beginning, int length) throws InterruptedException {
    next.rejected(reason, beginning, length);
  }

  @Override
  public void noise(byte[] piece) throws InterruptedException {
    next.noise(piece);
  }
}
