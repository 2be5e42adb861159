package io.tocsin.agent.parse.frame;

import java.util.Arrays;

/** Bytes gathered one by one, up to a bound that the owner watches. Small until it must not be. */
final class FrameBuffer {

  private byte[] bytes = new byte[128];
  private int size;

  void add(byte b) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, size * 2);
    }
    bytes[size++] = b;
  }

  void addAll(byte[] more) {
    for (byte b : more) {
      add(b);
    }
  }

  int size() {
    return size;
  }

  byte last() {
    return bytes[size - 1];
  }

  void dropLast(int count) {
    size = Math.max(0, size - count);
  }

  /** A copy of the first {@code atMost} bytes. */
  byte[] head(int atMost) {
    return Arrays.copyOf(bytes, Math.min(size, atMost));
  }

  /** A copy of the last {@code count} bytes. */
  byte[] tail(int count) {
    return Arrays.copyOfRange(bytes, size - count, size);
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  void clear() {
    size = 0;
  }
}
