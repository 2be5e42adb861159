package io.tocsin.agent.spool;

import io.tocsin.event.EventCodec;
import io.tocsin.event.LogEvent;
import io.tocsin.event.Telemetry;
import io.tocsin.topics.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A finished record as it lies in the spool: kind (1 byte), key length (2), key, value.
 *
 * @param topic where it goes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record SpooledRecord(String topic, byte[] key, byte[] value) {

  private static final byte LOG = 'L';
  private static final byte TELEMETRY = 'T';

  /** A longer key is cut: it only says which partition the record goes to. */
  private static final int MAX_KEY = 1024;

  static byte[] payload(LogEvent event) {
    return payload(LOG, event.service(), EventCodec.encode(event));
  }

  static byte[] payload(Telemetry telemetry) {
    return payload(TELEMETRY, telemetry.device(), EventCodec.encode(telemetry));
  }

  /** Null when the payload is none that this version knows. */
  public static @Nullable SpooledRecord of(byte[] payload) {
    ByteBuffer in = ByteBuffer.wrap(payload);
    if (in.remaining() < 3) {
      return null;
    }
    byte kind = in.get();
    int keyLength = in.getShort();
    if ((kind != LOG && kind != TELEMETRY) || keyLength < 0 || keyLength > in.remaining()) {
      return null;
    }
    byte[] key = new byte[keyLength];
    in.get(key);
    byte[] value = new byte[in.remaining()];
    in.get(value);
    return new SpooledRecord(kind == LOG ? Topics.LOGS : Topics.TELEMETRY, key, value);
  }

  private static byte[] payload(byte kind, String key, byte[] value) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, MAX_KEY);
    return ByteBuffer.allocate(3 + length + value.length)
        .put(kind)
        .putShort((short) length)
        .put(bytes, 0, length)
        .put(value)
        .array();
  }
}
