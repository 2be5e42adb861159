package io.tocsin.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * One file of the spool, named by the sequence of its first record. Written by the writer alone;
 * {@link #durableBytes} tells everybody else how far it may be read.
 */
final class Segment {

  static final String SUFFIX = ".seg";
  private static final byte[] MAGIC = "TOCSPL01".getBytes(StandardCharsets.US_ASCII);

  /** Where the first record starts. */
  static final int START = MAGIC.length;

  private final long base;
  private final Path path;
  private volatile long durableBytes;

  /** How many weights were already taken out of it to make room. */
  private volatile int thinned;

  Segment(long base, Path path, long durableBytes) {
    this.base = base;
    this.path = path;
    this.durableBytes = durableBytes;
  }

  static Path pathOf(Path directory, long base) {
    return directory.resolve(String.format(Locale.ROOT, "%020d%s", base, SUFFIX));
  }

  /** Opens a new file for writing, its magic already in it. */
  static FileChannel create(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    try {
      writeFully(channel, ByteBuffer.wrap(MAGIC));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** The bytes from {@code from} to {@code to}, or fewer when the file is shorter. */
  static ByteBuffer read(FileChannel channel, long from, long to) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(Math.max(0, to - from)));
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        break;
      }
    }
    return bytes.flip();
  }

  long base() {
    return base;
  }

  Path path() {
    return path;
  }

  long durableBytes() {
    return durableBytes;
  }

  void durableBytes(long bytes) {
    durableBytes = bytes;
  }

  int thinned() {
    return thinned;
  }

  void thinned(int weights) {
    thinned = weights;
  }

  /** Whether records were taken out of it, so that its sequences have gaps. */
  boolean isThinned() {
    return thinned > 0;
  }
}
