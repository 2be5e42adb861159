package io.tocsin.agent.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.agent.parse.frame.FrameFormat;
import io.tocsin.agent.parse.frame.FrameParser;
import io.tocsin.agent.parse.frame.FrameSink;
import io.tocsin.agent.parse.frame.Framer;
import io.tocsin.agent.parse.frame.Framing;
import io.tocsin.agent.parse.frame.ParsedFrame;
import io.tocsin.agent.parse.frame.Rejection;
import io.tocsin.bootstrap.config.ConfigReader;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * One framer and one parser for all that comes, as in an agent that is never restarted: whatever
 * came before, the next good frame is found and read.
 */
class FrameFuzzTest {

  /** Good frames on the wire, what the last of them holds, and how all that is read. */
  record Device(String framing, String parse, List<String> wire, String good, String read) {
    @Override
    public String toString() {
      return framing + " " + parse;
    }
  }

  private static final List<Device> DEVICES =
      List.of(
          new Device(
              "{ start: '<', end: '>', max-bytes: 256 }",
              "tagged-pairs",
              List.of(
                  "<STAT;CP=0;CPV=39.20;>", "<INFO;MSG=GF_COUNT;VAL=1;>\r\n", "<ACK;CMD=AUTH;>"),
              "<STAT;CP=7;>",
              "{CP=7}"),
          new Device(
              "{ line: true, max-bytes: 256 }",
              "json",
              List.of(
                  "{\"v\":[1,2.50],\"s\":\"\\u00e7\",\"n\":null}\n", "{\"a\":{\"b\":true}}\r\n"),
              "\n{\"CP\":7}\n",
              "{CP=7}"),
          new Device(
              "{ line: true, max-bytes: 256 }",
              "{ csv: { columns: [CP, N] } }",
              List.of("1,\"a,\"\"b\",3.5\n", "7,x\r\n"),
              "\n7,1\n",
              "{CP=7, N=1}"),
          new Device(
              "{ line: true, max-bytes: 256 }",
              "{ regex: 'CP (?<CP>-?[0-9.]+) C' }",
              List.of("CP 21.5 C\n", "CP -3 C\r\n"),
              "\nCP 7 C\n",
              "{CP=7}"),
          new Device(
              "{ cobs: true, max-bytes: 256, checksum: crc-8 }",
              "json",
              List.of("\0\3\1\7\0", "\5good\0", "\1\1\0"),
              "\0\12{\"CP\":7}\245\0",
              "{CP=7}"),
          new Device(
              "{ slip: true, max-bytes: 256 }",
              "{ csv: { columns: [CP] } }",
              List.of("\300good\300", "\333\334\300", "\333\335\300"),
              "\3007\300",
              "{CP=7}"),
          new Device(
              "{ length-prefix: 2, max-bytes: 256 }",
              "{ csv: { columns: [CP] } }",
              List.of("\0\4good", "\0\0", "\1\0" + "x".repeat(256)),
              "\0\0017",
              "{CP=7}"));

  @Property(tries = 2, seed = "20251210", shrinking = ShrinkingMode.OFF)
  void theNextGoodFrameIsFoundAndRead(@ForAll long seed) throws Exception {
    for (Device device : DEVICES) {
      // Given
      Reader reader = new Reader(device);
      byte[] good = device.good().getBytes(ISO_8859_1);

      Fuzz.feed(
          device.toString(),
          Mutations.ofBytes(device.wire(), seed),
          bytes -> {
            // When
            reader.framer.accept(bytes, bytes.length);
            reader.framer.idle();
            reader.framer.accept(good, good.length);

            // Then
            assertThat(reader.last).as("%s, seed %d", device, seed).isEqualTo(device.read());
            reader.last = "";
          });
    }
  }

  /** Reads frames, and remembers the last one that was measured. */
  private static final class Reader implements FrameSink {
    private final FrameParser parser;
    private final Framer framer;
    private String last = "";

    Reader(Device device) {
      this.parser =
          ConfigReader.read("p", "parse: " + device.parse(), Parse.class).parse().parser();
      this.framer = ConfigReader.read("f", device.framing(), Framing.class).framer(this);
    }

    @Override
    public void frame(byte[] frame) {
      assertThat(frame.length).isLessThanOrEqualTo(256);
      switch (parser.parse(frame)) {
        case ParsedFrame.Measurement it -> last = plain(it.values());
        case ParsedFrame.Message it -> assertThat(it.event()).isNotEmpty();
        case ParsedFrame.Unreadable it -> assertThat(it.reason()).isNotNull();
      }
    }

    private static String plain(Map<String, ?> values) {
      assertThat(values.values()).allMatch(it -> it instanceof Number || it instanceof String);
      return values.toString();
    }

    @Override
    public void rejected(Rejection reason, byte[] beginning, int length) {
      assertThat(beginning.length).isLessThanOrEqualTo(KEPT);
    }

    @Override
    public void noise(byte[] piece) {
      assertThat(piece.length).isBetween(1, KEPT);
    }
  }

  record Parse(FrameFormat parse) {}
}
