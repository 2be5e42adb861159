package io.tocsin.alerting.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A text's identity in 16 bytes: wide enough that no two texts ever meet. */
record Hash128(long high, long low) implements Comparable<Hash128> {

  static final int BYTES = 16;

  static Hash128 of(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return read(ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8))));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The identity that 32 hex digits spell. */
  static Hash128 ofHex(String digits) {
    return read(ByteBuffer.wrap(HexFormat.of().parseHex(digits)));
  }

  static Hash128 read(ByteBuffer bytes) {
    return new Hash128(bytes.getLong(), bytes.getLong());
  }

  void write(ByteBuffer bytes) {
    bytes.putLong(high).putLong(low);
  }

  @Override
  public int compareTo(Hash128 other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }
}
