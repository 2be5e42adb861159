package io.tocsin.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right to write into a data folder, held by one server of one JVM at a time and given back by
 * the operating system when that JVM dies.
 *
 * <p>Kafka's own {@code .lock} is taken only after its metadata log was opened, and recovered,
 * underneath the server that is running; so ours comes before either server sees the folder.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String FILE = ".tocsin-lock";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Creates the folder when it is missing and takes its lock.
   *
   * @param owner how a message names who wants it, such as {@code Kafka}
   */
  static DirectoryLock acquire(Path directory, String owner) {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new EmbeddedException(
            "%s: another process or server uses the data folder %s. Stop it, or choose another folder."
                .formatted(owner, directory));
      }
      return new DirectoryLock(channel);
    } catch (IOException e) {
      throw new EmbeddedException(
          "%s: cannot write to the data folder %s (%s). Make it writable, or choose another folder."
              .formatted(owner, directory, EmbeddedException.reason(e)),
          e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisJvm) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
