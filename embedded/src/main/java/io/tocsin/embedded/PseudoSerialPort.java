package io.tocsin.embedded;

import com.pty4j.unix.Pty;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A serial device without hardware: a pseudo terminal in raw mode, whose far end is this object.
 * Closing it is pulling the plug: who has the device open reads end of file or an error.
 */
public final class PseudoSerialPort implements AutoCloseable {
  private final Pty pty;
  private final Path device;
  private final @Nullable Path link;

  private PseudoSerialPort(Pty pty, Path device, @Nullable Path link) {
    this.pty = pty;
    this.device = device;
    this.link = link;
  }

  /** Plugs a device in. */
  public static PseudoSerialPort open() {
    try {
      Pty pty = new Pty();
      TerminalMode.makeRaw(pty.getMasterFD());
      return new PseudoSerialPort(pty, Path.of(pty.getSlaveName()), null);
    } catch (IOException e) {
      throw new EmbeddedException("No pseudo serial port: " + e.getMessage(), e);
    }
  }

  /** Plugs a device in under a name that stays the same from one plugging to the next. */
  public static PseudoSerialPort open(Path link) {
    PseudoSerialPort port = open();
    try {
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, port.device);
      return new PseudoSerialPort(port.pty, port.device, link);
    } catch (IOException e) {
      port.close();
      throw new EmbeddedException("Cannot link " + link + ": " + e.getMessage(), e);
    }
  }

  public Path device() {
    return device;
  }

  public OutputStream toReader() {
    return pty.getOutputStream();
  }

  public InputStream fromReader() {
    return pty.getInputStream();
  }

  @Override
  public void close() {
    try {
      if (link != null) {
        Files.deleteIfExists(link);
      }
      pty.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
