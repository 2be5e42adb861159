package io.tocsin.alerting.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes the values of a store entry one after the other. */
final class Packer {

  private ByteBuffer out = ByteBuffer.allocate(64);

  Packer int8(int value) {
    room(1).put((byte) value);
    return this;
  }

  Packer int32(int value) {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  Packer int64(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  Packer float64(double value) {
    room(Double.BYTES).putDouble(value);
    return this;
  }

  Packer text(@Nullable String value) {
    if (value == null) {
      return int32(-1);
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    int32(bytes.length);
    room(bytes.length).put(bytes);
    return this;
  }

  Packer decimal(@Nullable BigDecimal value) {
    if (value == null) {
      return int32(-1);
    }
    byte[] bytes = value.unscaledValue().toByteArray();
    int32(bytes.length).int32(value.scale());
    room(bytes.length).put(bytes);
    return this;
  }

  byte[] bytes() {
    return Arrays.copyOf(out.array(), out.position());
  }

  private ByteBuffer room(int bytes) {
    if (out.remaining() < bytes) {
      ByteBuffer more = ByteBuffer.allocate(Math.max(out.capacity() * 2, out.position() + bytes));
      out = more.put(out.flip());
    }
    return out;
  }

  /** Reads back what a packer wrote. */
  static final class Reader {

    private final ByteBuffer in;

    Reader(byte[] bytes) {
      in = ByteBuffer.wrap(bytes);
    }

    boolean hasMore() {
      return in.hasRemaining();
    }

    int int8() {
      return in.get();
    }

    int int32() {
      return in.getInt();
    }

    long int64() {
      return in.getLong();
    }

    double float64() {
      return in.getDouble();
    }

    @Nullable String text() {
      int length = in.getInt();
      return length < 0 ? null : new String(take(length), StandardCharsets.UTF_8);
    }

    @Nullable BigDecimal decimal() {
      int length = in.getInt();
      if (length < 0) {
        return null;
      }
      int scale = in.getInt();
      return new BigDecimal(new BigInteger(take(length)), scale);
    }

    private byte[] take(int length) {
      byte[] bytes = new byte[length];
      in.get(bytes);
      return bytes;
    }
  }
}
