package io.tocsin.agent.parse.frame;

/**
 * Frames that stand between a start and an end mark; a line end means nothing. A start within a
 * frame begins it anew, so one lost end costs one frame.
 */
final class DelimitedFramer implements Framer {

  private final BytePattern start;
  private final BytePattern end;
  private final int maxBytes;
  private final FrameSink sink;
  private final NoiseRun noise;
  private final FrameBuffer frame = new FrameBuffer();
  private boolean open;

  DelimitedFramer(byte[] start, byte[] end, int maxBytes, FrameSink sink) {
    this.start = new BytePattern(start);
    this.end = new BytePattern(end);
    this.maxBytes = maxBytes;
    this.sink = sink;
    this.noise = new NoiseRun(sink);
  }

  @Override
  public void accept(byte[] bytes, int length) throws InterruptedException {
    for (int i = 0; i < length; i++) {
      if (open) {
        inside(bytes[i]);
      } else {
        outside(bytes[i]);
      }
    }
  }

  private void outside(byte b) throws InterruptedException {
    boolean begins = start.step(b);
    noise.add(b, begins ? start.length() : start.matched());
    if (begins) {
      noise.takeBack(start.length());
      noise.flush();
      begin();
    }
  }

  private void inside(byte b) throws InterruptedException {
    frame.add(b);
    boolean ends = end.step(b);
    boolean beginsAgain = start.step(b);
    if (ends) {
      open = false;
      frame.dropLast(end.length());
      deliver();
    } else if (beginsAgain) {
      frame.dropLast(start.length());
      reject(Rejection.TRUNCATED);
      begin();
    } else if (frame.size() >= maxBytes + end.length()) {
      open = false;
      reject(Rejection.TOO_LONG);
    }
  }

  private void begin() {
    open = true;
    frame.clear();
    start.reset();
    end.reset();
  }

  private void deliver() throws InterruptedException {
    start.reset();
    sink.frame(frame.copy());
    frame.clear();
  }

  private void reject(Rejection reason) throws InterruptedException {
    sink.rejected(reason, frame.head(FrameSink.KEPT), frame.size());
    frame.clear();
  }

  @Override
  public void idle() throws InterruptedException {
    if (!open && start.matched() == 0) {
      noise.flush();
    }
  }

  @Override
  public void reset() throws InterruptedException {
    if (open) {
      reject(Rejection.TRUNCATED);
    }
    open = false;
    start.reset();
    end.reset();
    noise.flush();
  }
}
