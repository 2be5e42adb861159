package io.tocsin.agent.parse.frame;

import java.util.Arrays;

/** The last byte or two of a frame, which prove the rest. */
public enum Checksum {
  /** All bytes, exclusive-or: one byte. */
  XOR(1) {
    @Override
    int of(byte[] frame, int length) {
      int sum = 0;
      for (int i = 0; i < length; i++) {
        sum ^= frame[i] & 0xFF;
      }
      return sum;
    }
  },
  /** CRC-8/SMBUS: polynomial 07, initially 00: one byte. */
  CRC_8(1) {
    @Override
    int of(byte[] frame, int length) {
      int crc = 0;
      for (int i = 0; i < length; i++) {
        crc ^= frame[i] & 0xFF;
        for (int bit = 0; bit < 8; bit++) {
          crc = (crc & 0x80) == 0 ? crc << 1 : (crc << 1) ^ 0x07;
        }
      }
      return crc & 0xFF;
    }
  },
  /** CRC-16/MODBUS: polynomial 8005 reflected, initially FFFF: two bytes, the low one first. */
  CRC_16(2) {
    @Override
    int of(byte[] frame, int length) {
      int crc = 0xFFFF;
      for (int i = 0; i < length; i++) {
        crc ^= frame[i] & 0xFF;
        for (int bit = 0; bit < 8; bit++) {
          crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xA001;
        }
      }
      return crc;
    }
  };

  private final int bytes;

  Checksum(int bytes) {
    this.bytes = bytes;
  }

  /** The checksum of the first {@code length} bytes. */
  abstract int of(byte[] frame, int length);

  /** Whether a frame's last bytes prove the ones before; a frame of nothing else does not. */
  boolean matches(byte[] frame) {
    int length = frame.length - bytes;
    if (length < 1) {
      return false;
    }
    int given = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      given = given << 8 | (frame[length + i] & 0xFF);
    }
    return given == of(frame, length);
  }

  byte[] strip(byte[] frame) {
    return Arrays.copyOf(frame, frame.length - bytes);
  }
}
