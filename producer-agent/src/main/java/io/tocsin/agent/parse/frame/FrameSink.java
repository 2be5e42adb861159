package io.tocsin.agent.parse.frame;

/** What a {@link Framer} finds, in the order of the stream. */
public interface FrameSink {

  /**
   * A whole frame, without its delimiters and its checksum.
   *
   * @param frame the receiver's own copy; may be empty only where the framing can say so
   */
  void frame(byte[] frame) throws InterruptedException;

  /**
   * A frame that began and came to nothing.
   *
   * @param beginning the frame's first bytes, at most {@link #KEPT}
   * @param length how many bytes it had
   */
  void rejected(Rejection reason, byte[] beginning, int length) throws InterruptedException;

  /**
   * Bytes that belong to no frame, in pieces of at most {@link #KEPT} that end where a line does.
   * Line ends and blanks alone are none.
   */
  void noise(byte[] piece) throws InterruptedException;

  /** How many bytes of what is no frame are kept for people to look at. */
  int KEPT = 256;
}
