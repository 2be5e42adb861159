package io.tocsin.agent.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Short hashes of parts of a file, to know it again by its content. */
final class Fingerprint {

  /** Of a first line longer than this only so much counts. */
  static final int HEAD = 1024;

  /** How much before an offset is looked at to see that it still is the same text. */
  static final int TAIL = 256;

  private Fingerprint() {}

  /**
   * Of the first line. It is there once the line is complete, and stays the same while the file
   * grows; empty until then.
   */
  static Optional<String> ofHead(FileChannel channel) throws IOException {
    byte[] head = read(channel, 0, HEAD);
    for (int i = 0; i < head.length; i++) {
      if (head[i] == '\n') {
        return Optional.of(hash(head, i + 1));
      }
    }
    return head.length == HEAD ? Optional.of(hash(head, HEAD)) : Optional.empty();
  }

  /** Of a first line that will have no end; empty when there is none. */
  static Optional<String> ofHeadSoFar(FileChannel channel) throws IOException {
    Optional<String> whole = ofHead(channel);
    byte[] head = read(channel, 0, HEAD);
    return whole.isPresent() || head.length == 0 ? whole : Optional.of(hash(head, head.length));
  }

  /** Of what stands before {@code offset}; empty when the file does not reach so far. */
  static Optional<String> ofTail(FileChannel channel, long offset) throws IOException {
    int length = (int) Math.min(TAIL, offset);
    byte[] tail = read(channel, offset - length, length);
    return tail.length == length ? Optional.of(hash(tail, length)) : Optional.empty();
  }

  /** Fewer than {@code length} bytes when the file ends before. */
  static byte[] read(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      // a read may give less than there is
    }
    byte[] read = new byte[bytes.position()];
    bytes.flip().get(read);
    return read;
  }

  private static String hash(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
