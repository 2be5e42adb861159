package io.tocsin.agent.source.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.agent.parse.frame.FrameFormat;
import io.tocsin.agent.parse.frame.Framing;
import io.tocsin.agent.transform.TransformSettings;
import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialConfigTest {

  private static final Framing TAGGED =
      new Framing("<", ">", 4096, false, null, false, false, null);

  @Test
  void theContractsExampleIsReadAsWritten() {
    // When
    SerialConfig config =
        read(
            """
            device: charger-01
            service: charger
            port: /dev/ttyUSB0
            baud: 115200
            framing: { start: "<", end: ">", max-bytes: 4096 }
            parse: tagged-pairs
            poll: { hex: "41002C0010", every: 5s }
            states: { field: STATE, names: { 1: IDLE, 5: CHARGING, 8: FAULT_HARD } }
            """);

    // Then
    assertThat(config)
        .isEqualTo(
            new SerialConfig(
                "charger-01",
                "charger",
                Path.of("/dev/ttyUSB0"),
                null,
                115200,
                8,
                Parity.NONE,
                StopBits.ONE,
                FlowControl.NONE,
                TAGGED,
                new FrameFormat.TaggedPairs(List.of("STAT")),
                new PollSettings("41002C0010", Duration.ofSeconds(5)),
                new StateSettings("STATE", Map.of("1", "IDLE", "5", "CHARGING", "8", "FAULT_HARD")),
                false,
                TransformSettings.NONE));
  }

  @Test
  void whatIsLeftOutIsThePlainestPort() {
    // When
    SerialConfig config =
        read("{ device: d, service: s, by-id: usb-X, framing: { line: true }, parse: json }");

    // Then
    assertThat(config)
        .isEqualTo(
            new SerialConfig(
                "d",
                "s",
                null,
                "usb-X",
                115200,
                8,
                Parity.NONE,
                StopBits.ONE,
                FlowControl.NONE,
                new Framing(null, null, 4096, true, null, false, false, null),
                new FrameFormat.Json("stat", null),
                null,
                null,
                false,
                TransformSettings.NONE));
  }

  @Test
  void everySettingOfAPortCanBeGiven() {
    // When
    SerialConfig config =
        with("baud: 250000\ndata-bits: 5\nparity: mark\nstop-bits: 1.5\nflow-control: rts-cts");

    // Then
    assertThat(config.baud()).isEqualTo(250000);
    assertThat(config.dataBits()).isEqualTo(5);
    assertThat(config.parity()).isEqualTo(Parity.MARK);
    assertThat(config.stopBits()).isEqualTo(StopBits.ONE_AND_A_HALF);
    assertThat(config.flowControl()).isEqualTo(FlowControl.RTS_CTS);
  }

  @Test
  void pollBytesMayBePartedByBlanksAndColons() {
    assertThat(new PollSettings("41 00:2c 00 10", Duration.ofSeconds(1)).bytes())
        .isEqualTo(HexFormat.of().parseHex("41002c0010"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "baud: 0 | baud: '0' must be 50 to 12000000 bits a second",
        "baud: fast | baud: 'fast' must be a whole number",
        "data-bits: 9 | data-bits: '9' must be 5, 6, 7 or 8",
        "parity: some | parity: 'some' must be one of none, odd, even, mark, space",
        "stop-bits: 3 | stop-bits: '3' must be 1, 1.5 or 2",
        "stop-bits: 1.5 | stop-bits: '1.5' is possible with 5 data bits only",
        "flow-control: dsr-dtr | flow-control: 'dsr-dtr' must be one of none, rts-cts, xon-xoff",
        "by-id: usb-X | needs either port or by-id, and not both",
        "poll: { hex: 410, every: 5s } | poll.hex: '410' must be 1 to 256 bytes",
        "poll: { hex: '41', every: 10ms } | must be at least 100ms",
        "poll: { hex: '41', every: 5 } | must be a duration with its unit",
        "states: { field: '' } | states.field: '' must not be empty",
        "colour: red | is no key here"
      })
  void aValueThatCannotBeIsRefusedByName(String more, String problem) {
    assertThatThrownBy(() -> with(more))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  private static SerialConfig with(String more) {
    return Devices.charger(Path.of("/dev/ttyUSB0"), more);
  }

  private static SerialConfig read(String yaml) {
    return ConfigReader.read("agent.yaml", yaml, SerialConfig.class);
  }
}
