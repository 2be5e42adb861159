package io.tocsin.agent.parse;

import io.tocsin.event.Timestamps;
import java.time.Instant;

/**
 * Writes the times of records, as {@link Timestamps#write} does; of a time in the minute of the one
 * before, only what is behind the minute. Not thread-safe.
 */
final class WireTime {

  private static final int MINUTE = 60;
  private static final int SECOND_AT = "2025-12-10T12:46:".length();
  private static final int MILLI_AT = SECOND_AT + "41.".length();

  private final byte[] text = new byte[Timestamps.LENGTH];

  /** Since 1970; at first none that there is. */
  private long minute = Long.MIN_VALUE;

  /** Writes {@link Timestamps#LENGTH} bytes of a canonical instant. */
  void write(Instant instant, byte[] out, int at) {
    long second = instant.getEpochSecond();
    int milli = instant.getNano() / 1_000_000;
    long its = Math.floorDiv(second, MINUTE);
    if (its == minute) {
      int within = (int) (second - its * MINUTE);
      two(SECOND_AT, within);
      text[MILLI_AT] = (byte) ('0' + milli / 100);
      two(MILLI_AT + 1, milli % 100);
    } else {
      Timestamps.write(instant, text, 0);
      minute = its;
    }
    System.arraycopy(text, 0, out, at, Timestamps.LENGTH);
  }

  private void two(int at, int value) {
    text[at] = (byte) ('0' + value / 10);
    text[at + 1] = (byte) ('0' + value % 10);
  }
}
