package io.tocsin.cli.up;

import io.tocsin.bootstrap.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Where the platform keeps everything between runs; held by one process at a time. */
final class DataFolder implements AutoCloseable {

  /** The process id stands behind this byte; the byte itself is what is locked. */
  private static final int LOCKED_BYTES = 1;

  private final Path root;
  private final FileChannel channel;

  private DataFolder(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /**
   * Creates the folder when it is missing and takes hold of it.
   *
   * @throws UserError when it cannot be written, or another process holds it
   */
  static DataFolder open(Path root) {
    Path folder = root.toAbsolutePath().normalize();
    FileChannel channel;
    try {
      Files.createDirectories(folder);
      channel =
          FileChannel.open(
              folder.resolve("up.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UserError(
          "cannot write to the data folder " + folder,
          "make it yours, or choose another: tocsin up --data FOLDER");
    }
    try {
      if (lock(channel) == null) {
        String owner = read(channel);
        channel.close();
        throw new UserError(
            "another tocsin up runs on "
                + folder
                + (owner.isEmpty() ? "" : " (process " + owner + ")"),
            "stop it first, or start this one on other data and ports: tocsin up --help");
      }
      write(channel, Long.toString(ProcessHandle.current().pid()));
    } catch (IOException e) {
      throw new UserError(
          "cannot lock the data folder " + folder + ": " + e.getMessage(),
          "choose a folder on a local disk: tocsin up --data FOLDER");
    }
    return new DataFolder(folder, channel);
  }

  /** A folder or file within. */
  Path path(String name) {
    return root.resolve(name);
  }

  /** Lets go of it; the next process may have it. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock goes with the process at the latest.
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(0, LOCKED_BYTES, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(20);
    int length = channel.read(text, LOCKED_BYTES);
    return length <= 0 ? "" : new String(text.array(), 0, length, StandardCharsets.UTF_8).strip();
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(LOCKED_BYTES);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), LOCKED_BYTES);
  }
}
