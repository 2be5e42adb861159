package io.tocsin.agent.parse.frame;

/**
 * Cuts a stream of bytes into frames and hands them to its {@link FrameSink}. The frames do not
 * depend on how the stream is cut into calls. Memory is bounded whatever arrives; nothing that
 * arrives raises an exception. For one thread.
 */
public interface Framer {

  /** Takes the first {@code length} bytes. */
  void accept(byte[] bytes, int length) throws InterruptedException;

  /**
   * Nothing has arrived for a while (a second, say). A framing that has no mark to find its place
   * again gives up on a frame that stands half done; the others only let go of gathered noise.
   */
  void idle() throws InterruptedException;

  /** The stream has ended, and another will begin: a frame that stands half done is truncated. */
  void reset() throws InterruptedException;
}
