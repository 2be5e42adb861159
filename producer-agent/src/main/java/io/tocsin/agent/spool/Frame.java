package io.tocsin.agent.spool;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A record on the disk: payload length (4 bytes), CRC32C of everything but itself (4), sequence
 * (8), weight (1), payload.
 */
final class Frame {

  static final int HEADER = 4 + 4 + 8 + 1;

  /** No payload is larger; a length above it is rubbish, not a reason to allocate. */
  static final int MAX_PAYLOAD = 16 << 20;

  private static final int CRC_AT = 4;
  private static final int SEQUENCE_AT = 8;
  private static final int WEIGHT_AT = 16;

  private Frame() {}

  /** Writes a frame at the buffer's position. */
  static void write(ByteBuffer out, long sequence, Weight weight, byte[] payload) {
    int at = out.position();
    out.putInt(payload.length).putInt(0).putLong(sequence).put((byte) weight.code());
    out.put(payload);
    out.putInt(at + CRC_AT, checksum(out, at, payload.length));
  }

  /** The size of the frame that starts at {@code at}, as far as its length field can be trusted. */
  static long sizeAt(ByteBuffer in, int at) {
    return HEADER + (long) in.getInt(at);
  }

  static boolean isPlausible(ByteBuffer in, int at) {
    int length = in.getInt(at);
    return length >= 0 && length <= MAX_PAYLOAD && Weight.isValid(in.get(at + WEIGHT_AT));
  }

  /** Whether a whole, undamaged frame starts at {@code at} and ends before the buffer's limit. */
  static boolean isIntact(ByteBuffer in, int at) {
    return in.limit() - at >= HEADER
        && isPlausible(in, at)
        && sizeAt(in, at) <= in.limit() - at
        && in.getInt(at + CRC_AT) == checksum(in, at, in.getInt(at));
  }

  static long sequenceAt(ByteBuffer in, int at) {
    return in.getLong(at + SEQUENCE_AT);
  }

  static Weight weightAt(ByteBuffer in, int at) {
    return Weight.of(in.get(at + WEIGHT_AT));
  }

  static byte[] payloadAt(ByteBuffer in, int at) {
    byte[] payload = new byte[in.getInt(at)];
    in.get(at + HEADER, payload);
    return payload;
  }

  private static int checksum(ByteBuffer buffer, int at, int length) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.slice(at, CRC_AT));
    crc.update(buffer.slice(at + SEQUENCE_AT, HEADER - SEQUENCE_AT + length));
    return (int) crc.getValue();
  }
}
