package io.tocsin.agent.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
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
    return head(channel).map(Fingerprint::of);
  }

  /** What of the first line counts; empty until it is complete. */
  static Optional<byte[]> head(FileChannel channel) throws IOException {
    byte[] head = read(channel, 0, HEAD);
    for (int i = 0; i < head.length; i++) {
      if (head[i] == '\n') {
        return Optional.of(Arrays.copyOf(head, i + 1));
      }
    }
    return head.length == HEAD ? Optional.of(head) : Optional.empty();
  }

  /** The same of a first line that will have no end; empty when there is none. */
  static Optional<byte[]> headSoFar(FileChannel channel) throws IOException {
    Optional<byte[]> whole = head(channel);
    byte[] head = read(channel, 0, HEAD);
    return whole.isPresent() || head.length == 0 ? whole : Optional.of(head);
  }

  /** Of what stands before {@code offset}; empty when the file does not reach so far. */
  static Optional<String> ofTail(FileChannel channel, long offset) throws IOException {
    byte[] tail = tail(channel, offset);
    return tail.length == Math.min(TAIL, offset) ? Optional.of(of(tail)) : Optional.empty();
  }

  /** What stands before {@code offset}; shorter when the file does not reach so far. */
  static byte[] tail(FileChannel channel, long offset) throws IOException {
    int length = (int) Math.min(TAIL, offset);
    return read(channel, offset - length, length);
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

  /** Of these bytes. */
  static String of(byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes);
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
