package io.tocsin.agent.parse.frame;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What stands between two terminators, decoded. */
final class Encodings {

  static final byte LINE_END = '\n';
  static final byte COBS_END = 0;
  static final byte SLIP_END = (byte) 0xC0;
  private static final byte SLIP_ESCAPE = (byte) 0xDB;
  private static final byte SLIP_ESCAPED_END = (byte) 0xDC;
  private static final byte SLIP_ESCAPED_ESCAPE = (byte) 0xDD;

  private Encodings() {}

  /** A line without the CR that some put before the LF. */
  static byte[] line(byte[] encoded) {
    boolean cr = encoded[encoded.length - 1] == '\r';
    return cr ? Arrays.copyOf(encoded, encoded.length - 1) : encoded;
  }

  /** Consistent overhead byte stuffing (Cheshire and Baker, 1999). */
  static byte @Nullable [] cobs(byte[] encoded) {
    byte[] decoded = new byte[encoded.length];
    int size = 0;
    int at = 0;
    while (at < encoded.length) {
      int block = encoded[at] & 0xFF;
      if (block == 0 || at + block > encoded.length) {
        return null;
      }
      System.arraycopy(encoded, at + 1, decoded, size, block - 1);
      size += block - 1;
      at += block;
      if (block < 0xFF && at < encoded.length) {
        decoded[size++] = 0;
      }
    }
    return Arrays.copyOf(decoded, size);
  }

  /** Serial line IP (RFC 1055). */
  static byte @Nullable [] slip(byte[] encoded) {
    byte[] decoded = new byte[encoded.length];
    int size = 0;
    for (int at = 0; at < encoded.length; at++) {
      byte b = encoded[at];
      if (b == SLIP_ESCAPE) {
        at++;
        if (at == encoded.length) {
          return null;
        }
        b = encoded[at];
        if (b != SLIP_ESCAPED_END && b != SLIP_ESCAPED_ESCAPE) {
          return null;
        }
        b = b == SLIP_ESCAPED_END ? SLIP_END : SLIP_ESCAPE;
      }
      decoded[size++] = b;
    }
    return Arrays.copyOf(decoded, size);
  }
}
