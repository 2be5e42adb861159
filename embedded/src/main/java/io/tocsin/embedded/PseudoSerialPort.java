package io.tocsin.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A serial device without hardware: a pseudo terminal whose far end anything that reads serial
 * ports can open, and whose near end is this object. Raw and eight bits clean; line speed and
 * parity are accepted and mean nothing.
 *
 * <p>Bytes wait in the device (some kilobytes) until somebody reads them, also while nobody has it
 * open. Closing is pulling the plug. All methods are safe to call from any thread; each stream is
 * meant for one thread at a time. Linux and macOS.
 */
public final class PseudoSerialPort implements AutoCloseable {
  private final PseudoTerminal terminal;
  private final @Nullable Path link;
  private final ToReader toReader = new ToReader();
  private final FromReader fromReader = new FromReader();
  private boolean closed;

  private PseudoSerialPort(PseudoTerminal terminal, @Nullable Path link) {
    this.terminal = terminal;
    this.link = link;
  }

  /**
   * Plugs a device in under a name the system chooses.
   *
   * @throws EmbeddedException when the system has no pseudo terminals (left)
   */
  public static PseudoSerialPort open() {
    return new PseudoSerialPort(newTerminal(), null);
  }

  /**
   * Plugs a device in under a name that survives unplugging: {@code link} becomes a symbolic link
   * to it, replacing one left by an earlier device, and goes away when this port is closed.
   *
   * @throws EmbeddedException when the system has no pseudo terminals (left), or {@code link} is
   *     something else than a link, or cannot be written
   */
  public static PseudoSerialPort open(Path link) {
    Path name = link.toAbsolutePath();
    PseudoSerialPort port = new PseudoSerialPort(newTerminal(), name);
    try {
      place(name, port.device());
      return port;
    } catch (IOException e) {
      port.close();
      throw new EmbeddedException(
          "Pseudo serial port: cannot make the link %s (%s). Choose a path that is free and writable."
              .formatted(name, EmbeddedException.reason(e)),
          e);
    }
  }

  private static PseudoTerminal newTerminal() {
    try {
      return new PseudoTerminal();
    } catch (IOException | LinkageError e) {
      throw new EmbeddedException(
          "Pseudo serial port: this system gives none (%s). It needs Linux or macOS, and /dev/ptmx."
              .formatted(EmbeddedException.reason(e)),
          e);
    }
  }

  /** Renamed into place, so that a reader finds the old device, the new one or none: never half. */
  private static void place(Path link, Path device) throws IOException {
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
      throw new IOException("it exists and is not a link");
    }
    Path directory = Objects.requireNonNull(link.getParent(), "parent");
    Files.createDirectories(directory);
    Path fresh = directory.resolve("." + link.getFileName() + "." + device.getFileName());
    Files.deleteIfExists(fresh);
    Files.createSymbolicLink(fresh, device);
    Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What a reader opens, such as {@code /dev/pts/5}; a new one for every plugging. */
  public Path device() {
    return Path.of(terminal.name());
  }

  /**
   * Bytes written here are what the reader of the device receives. A write waits while the device's
   * buffer is full, and throws {@link IOException} once the port is closed.
   */
  public OutputStream toReader() {
    return toReader;
  }

  /**
   * What the reader wrote to the device. A read waits for a byte, and ends once the port is closed.
   */
  public InputStream fromReader() {
    return fromReader;
  }

  /**
   * Unplugs: whoever has the device open reads its end (or an error) from now on, waiting streams
   * of this port end too, and the link, when it is still ours, is removed. A second call does
   * nothing.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (link != null
          && Files.isSymbolicLink(link)
          && Files.readSymbolicLink(link).equals(device())) {
        Files.delete(link);
      }
    } catch (IOException e) {
      // The link dangles from here on, which a reader cannot tell from none; the next open replaces
      // it.
    }
    try {
      terminal.close();
    } catch (IOException e) {
      throw new EmbeddedException("Pseudo serial port: " + EmbeddedException.reason(e), e);
    }
  }

  private final class ToReader extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      terminal.write(bytes, offset, length);
    }
  }

  private final class FromReader extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      return length == 0 ? 0 : terminal.read(bytes, offset, length);
    }
  }
}
