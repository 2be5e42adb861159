package io.tocsin.agent.source.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens ports with a device's settings through jSerialComm. */
final class NativePorts implements SerialLink.Opener {

  /**
   * What comes in wakes the reader; this is how soon it sees that it is to do something else.
   * jSerialComm counts in tenths of a second.
   */
  private static final int READ_TIMEOUT_MILLIS = 500;

  private static final int POLLED_READ_TIMEOUT_MILLIS = 200;

  // errno of Linux, as getLastErrorCode passes it on
  private static final int EIO = 5;
  private static final int ENXIO = 6;
  private static final int EAGAIN = 11;
  private static final int EACCES = 13;
  private static final int EBUSY = 16;
  private static final int ENODEV = 19;

  private final SerialConfig config;

  NativePorts(SerialConfig config) {
    this.config = config;
  }

  /** Runs {@code hook} when the JVM ends, before jSerialComm closes the ports. */
  static void beforeShutdown(Thread hook) {
    SerialPort.addShutdownHook(hook);
  }

  @Override
  public SerialLink.Opening open(Path node) {
    try {
      SerialPort port = SerialPort.getCommPort(node.toString());
      configure(port);
      return port.openPort()
          ? new SerialLink.Opening.Opened(new NativePort(port))
          : failure(node, port.getLastErrorCode());
    } catch (SerialPortInvalidPortException e) {
      return new SerialLink.Opening.Vanished();
    } catch (LinkageError e) {
      return new SerialLink.Opening.Refused(
          "the native part of jSerialComm does not load: " + e.getMessage(),
          "give the JVM a folder that may hold programs: -Djava.io.tmpdir=DIR");
    }
  }

  private void configure(SerialPort port) {
    port.setComPortParameters(
        config.baud(),
        config.dataBits(),
        config.stopBits() == StopBits.ONE
            ? SerialPort.ONE_STOP_BIT
            : SerialPort.TWO_STOP_BITS, // with 5 data bits the same flag means 1.5
        switch (config.parity()) {
          case NONE -> SerialPort.NO_PARITY;
          case ODD -> SerialPort.ODD_PARITY;
          case EVEN -> SerialPort.EVEN_PARITY;
          case MARK -> SerialPort.MARK_PARITY;
          case SPACE -> SerialPort.SPACE_PARITY;
        });
    port.setFlowControl(
        switch (config.flowControl()) {
          case NONE -> SerialPort.FLOW_CONTROL_DISABLED;
          case RTS_CTS -> SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED;
          case XON_XOFF ->
              SerialPort.FLOW_CONTROL_XONXOFF_IN_ENABLED
                  | SerialPort.FLOW_CONTROL_XONXOFF_OUT_ENABLED;
        });
    port.setComPortTimeouts(
        SerialPort.TIMEOUT_READ_SEMI_BLOCKING,
        config.poll() == null ? READ_TIMEOUT_MILLIS : POLLED_READ_TIMEOUT_MILLIS,
        0);
  }

  private SerialLink.Opening failure(Path node, int errno) {
    if (!Files.exists(node)) {
      return new SerialLink.Opening.Vanished();
    }
    return switch (errno) {
      case EBUSY, EAGAIN -> new SerialLink.Opening.Busy("another process has it locked");
      // jSerialComm's own number for a port that this process has open already
      case 2 -> new SerialLink.Opening.Busy("this agent has it open already");
      case EACCES ->
          new SerialLink.Opening.Refused(
              "permission denied", "add the agent's user to the group of " + node);
      case EIO, ENXIO, ENODEV -> new SerialLink.Opening.Refused("the device does not answer", "");
      default ->
          new SerialLink.Opening.Refused(
              "it does not take "
                  + config.baud()
                  + " baud and its other settings (errno "
                  + errno
                  + ")",
              "check baud, data-bits, parity and stop-bits");
    };
  }
}
