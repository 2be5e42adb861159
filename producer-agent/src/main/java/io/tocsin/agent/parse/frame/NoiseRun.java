package io.tocsin.agent.parse.frame;

/** Gathers bytes that belong to no frame into pieces worth looking at. */
final class NoiseRun {

  private final FrameSink sink;
  private final FrameBuffer run = new FrameBuffer();

  NoiseRun(FrameSink sink) {
    this.sink = sink;
  }

  /**
   * Takes a byte; the last {@code undecided} bytes (with this one) may yet prove to be no noise.
   */
  void add(byte b, int undecided) throws InterruptedException {
    run.add(b);
    if ((b == '\n' && undecided == 0) || run.size() >= FrameSink.KEPT) {
      byte[] tail = run.tail(undecided);
      run.dropLast(undecided);
      flush();
      run.addAll(tail);
    }
  }

  /** The last bytes were none: a frame begins with them. */
  void takeBack(int count) {
    run.dropLast(count);
  }

  void flush() throws InterruptedException {
    while (run.size() > 0 && isBlank(run.last())) {
      run.dropLast(1);
    }
    if (run.size() > 0) {
      sink.noise(run.copy());
    }
    run.clear();
  }

  private static boolean isBlank(byte b) {
    return b == '\n' || b == '\r' || b == ' ' || b == '\t';
  }
}
