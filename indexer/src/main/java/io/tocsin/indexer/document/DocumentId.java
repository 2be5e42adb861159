package io.tocsin.indexer.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Document ids: the same record gives the same id, always. */
final class DocumentId {

  /** OpenSearch refuses the whole request when one id in it is longer. */
  static final int MAX_BYTES = 512;

  private DocumentId() {}

  /** {@code id}, or the record's place when it says nothing. */
  static String of(@Nullable String id, ConsumerRecord<byte[], byte[]> record) {
    if (id == null || id.isEmpty()) {
      return record.topic() + '-' + record.partition() + '-' + record.offset();
    }
    return fit(id);
  }

  /** {@code id} itself when it fits and is whole, else a hash that stands for it. */
  static String fit(String id) {
    // A char is at most three bytes of UTF-8.
    if (id.length() * 3 <= MAX_BYTES && isWhole(id)) {
      return id;
    }
    boolean fits = id.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    return fits && isWhole(id) ? id : "sha256-" + sha256(id);
  }

  /** Half a surrogate pair is legal in JSON, but has no form in UTF-8. */
  private static boolean isWhole(String id) {
    for (int i = 0; i < id.length(); i++) {
      if (Character.isSurrogate(id.charAt(i))) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(id);
      }
    }
    return true;
  }

  /** Of the characters, not of UTF-8: halves of pairs would all look alike there. */
  private static String sha256(String id) {
    byte[] chars = new byte[id.length() * 2];
    for (int i = 0; i < id.length(); i++) {
      chars[2 * i] = (byte) (id.charAt(i) >> 8);
      chars[2 * i + 1] = (byte) id.charAt(i);
    }
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(chars));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
