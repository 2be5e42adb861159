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

  /** {@code id} itself when it fits, else a hash that stands for it. */
  static String fit(String id) {
    // A char is at most three bytes of UTF-8.
    if (id.length() * 3 <= MAX_BYTES) {
      return id;
    }
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= MAX_BYTES ? id : "sha256-" + sha256(bytes);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
