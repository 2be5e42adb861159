package io.tocsin.agent.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A small file that is either wholly the old or wholly the new one, whatever happens in between. A
 * checksum stands before the content, so a file that a failing disk bent reads as absent. Not
 * thread-safe.
 */
public final class AtomicFile {

  private static final int CHECKSUM = Integer.BYTES;

  private final Path path;
  private final Path scratch;
  private final Path directory;

  /** The file {@code name} in an existing {@code directory}; nothing is touched yet. */
  public AtomicFile(Path directory, String name) {
    this.directory = directory;
    this.path = directory.resolve(name);
    this.scratch = directory.resolve(name + ".tmp");
  }

  /** The content; empty when there is no file, or none that can be trusted. */
  public Optional<byte[]> read() throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (bytes.length < CHECKSUM) {
      return Optional.empty();
    }
    byte[] content = Arrays.copyOfRange(bytes, CHECKSUM, bytes.length);
    return ByteBuffer.wrap(bytes).getInt() == checksum(content)
        ? Optional.of(content)
        : Optional.empty();
  }

  /** Replaces the content; it is on the disk when this returns. */
  public void write(byte[] content) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(CHECKSUM + content.length);
    bytes.putInt(checksum(content)).put(content).flip();
    try (FileChannel channel =
        FileChannel.open(
            scratch,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(scratch, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceDirectory(directory);
  }

  /** Makes the names within a folder survive a power cut. */
  public static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static int checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return (int) crc.getValue();
  }
}
