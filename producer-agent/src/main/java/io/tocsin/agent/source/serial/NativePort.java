package io.tocsin.agent.source.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port of jSerialComm.
 *
 * <p>Implementation notes, on 2.11.4 (SerialPort_Posix.c): the object is made anew for each
 * opening, because it resolves a link when it is made and so can open the wrong device after a
 * re-enumeration. {@code isOpen} stays true after an unplug; a read gives −1. Its disconnect
 * listener spins, so none is used. {@code closePort} may hang in the driver (issue 266): it runs on
 * a thread of its own that is left behind when it does.
 */
final class NativePort implements SerialLink {

  private static final Logger LOG = LoggerFactory.getLogger(NativePort.class);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);

  private final SerialPort port;

  NativePort(SerialPort port) {
    this.port = port;
  }

  @Override
  public int read(byte[] buffer) {
    return port.readBytes(buffer, buffer.length);
  }

  /**
   * Bytes that still wait from the last time mean that the device does not take any: more of them
   * would block the thread that also reads.
   */
  @Override
  public boolean write(byte[] bytes) {
    return port.bytesAwaitingWrite() <= 0 && port.writeBytes(bytes, bytes.length) == bytes.length;
  }

  @Override
  public void close() {
    Thread closer =
        Thread.ofPlatform()
            .daemon()
            .name("serial-close-" + port.getSystemPortPath())
            .start(port::closePort);
    try {
      if (!closer.join(LONGEST_CLOSE)) {
        LOG.atWarn()
            .addKeyValue("port", port.getSystemPortPath())
            .log("A serial port would not close and is left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
