package io.tocsin.agent.source.serial;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.agent.parse.frame.FrameFormat;
import io.tocsin.agent.parse.frame.Framing;
import io.tocsin.agent.transform.SourceSettings;
import io.tocsin.agent.transform.TransformSettings;
import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A device on a serial port, as the agent's file has it under {@code serial:}. */
public record SerialConfig(
    @Doc("The device's name: the telemetry's key") String device,
    @Doc("The service that the device belongs to") String service,
    @Doc("The port's full path, such as /dev/ttyUSB0; or give by-id") @Nullable Path port,
    @Doc("The port's stable name under /dev/serial/by-id, or that link's full path")
        @Nullable String byId,
    @Doc("Bits a second, as the device sends them") @Default("115200") int baud,
    @Doc("5 to 8") @Default("8") int dataBits,
    @Doc("none, odd, even, mark or space") @Default("none") Parity parity,
    @Doc("1, 1.5 (with 5 data bits) or 2") @Default("1") StopBits stopBits,
    @Doc("none, rts-cts or xon-xoff") @Default("none") FlowControl flowControl,
    @Doc("How frames stand in the stream of bytes") Framing framing,
    @Doc("How a frame is read") FrameFormat parse,
    @Doc("Bytes to send again and again") @Nullable PollSettings poll,
    @Doc("A value whose changes are events") @Nullable StateSettings states,
    @Doc("Whether bytes outside frames are kept, as DEBUG events") @Default("false")
        boolean keepNoise,
    @Default("{}") @Doc("what is done to records on the way") TransformSettings transform)
    implements SourceSettings {

  private static final int SLOWEST = 50;
  private static final int FASTEST = 12_000_000;

  public SerialConfig {
    transform.requireNoWaiting();
    require(
        !device.isBlank() && device.indexOf('/') < 0,
        "device",
        device,
        "must be a name without a slash");
    require(!service.isBlank(), "service", service, "must not be empty");
    require((port == null) != (byId == null), "", null, "needs either port or by-id, and not both");
    require(
        port == null || port.isAbsolute(),
        "port",
        port,
        "must be a full path, such as /dev/ttyUSB0");
    require(byId == null || !byId.isBlank(), "by-id", byId, "must not be empty");
    require(
        baud >= SLOWEST && baud <= FASTEST,
        "baud",
        baud,
        "must be " + SLOWEST + " to " + FASTEST + " bits a second");
    require(dataBits >= 5 && dataBits <= 8, "data-bits", dataBits, "must be 5, 6, 7 or 8");
    // A UART has one flag for "longer stop": it means 1.5 with 5 data bits and 2 with more.
    require(
        stopBits != StopBits.ONE_AND_A_HALF || dataBits == 5,
        "stop-bits",
        stopBits,
        "is possible with 5 data bits only");
    require(
        stopBits != StopBits.TWO || dataBits != 5,
        "stop-bits",
        stopBits,
        "is not possible with 5 data bits: use 1 or 1.5");
  }

  /** The port as the user named it, for messages. */
  String portName() {
    return port != null ? port.toString() : String.valueOf(byId);
  }

  @Override
  public String sourceName() {
    return device;
  }
}
