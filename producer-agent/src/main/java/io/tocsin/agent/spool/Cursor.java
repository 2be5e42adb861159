package io.tocsin.agent.spool;

import java.nio.ByteBuffer;

/**
 * What the cursor file says.
 *
 * @param acknowledged every record below it is with the broker
 * @param given the first sequence that was never given; {@link #UNKNOWN} until a clean close
 */
record Cursor(long acknowledged, long given) {

  static final long UNKNOWN = -1;

  /** Of a spool that was never written to. */
  static final Cursor START = new Cursor(0, 0);

  static Cursor decode(byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    return content.length == 2 * Long.BYTES
        ? new Cursor(Math.max(0, bytes.getLong()), bytes.getLong())
        : new Cursor(0, UNKNOWN);
  }

  byte[] encode() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(acknowledged).putLong(given).array();
  }
}
