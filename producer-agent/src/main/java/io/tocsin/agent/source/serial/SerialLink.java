package io.tocsin.agent.source.serial;

import java.nio.file.Path;

/** An open port. For one thread, but for {@link #close}. */
interface SerialLink {

  /** What {@link #read} gives when the port is gone. */
  int GONE = -1;

  /**
   * Waits up to about half a second for a byte.
   *
   * @return how many bytes were read, 0 when none came, {@link #GONE} when none ever will
   */
  int read(byte[] buffer);

  /** Hands bytes to the port; false when it would not take them. */
  boolean write(byte[] bytes);

  /** Lets the port go, and never takes longer than two seconds. */
  void close();

  /** What came of an attempt to open a port. */
  sealed interface Opening {
    record Opened(SerialLink link) implements Opening {}

    /** Something else has it. */
    record Busy(String detail) implements Opening {}

    /** It may not or cannot be used; {@code remedy} says what to do, where that is known. */
    record Refused(String detail, String remedy) implements Opening {}

    /** It vanished between the look and the attempt. */
    record Vanished() implements Opening {}
  }

  /** Opens ports. */
  interface Opener {
    Opening open(Path node);
  }
}
