package io.tocsin.agent.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.agent.parse.FieldNames;
import io.tocsin.agent.parse.LineParser;
import io.tocsin.agent.parse.LineSettings;
import io.tocsin.agent.parse.LineSettings.Format;
import io.tocsin.agent.source.LineSplitter;
import io.tocsin.agent.source.http.otlp.OtlpLogs;
import io.tocsin.agent.source.http.otlp.OtlpLogs.Encoding;
import io.tocsin.agent.source.http.otlp.UnreadableOtlpException;
import io.tocsin.event.EventCodec;
import io.tocsin.event.LogEvent;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Every parser of lines and of requests on rubbish: an event that can be sent, or a refusal. */
class TextFuzzTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  private static final Map<Format, List<String>> LINES =
      Map.of(
          Format.JSON,
          List.of(
              "{\"timestamp\":\"2025-12-10T06:55:46,123+03:00\",\"level\":\"WARN\",\"a\":{\"b\":[1e3]}}",
              "{\"ts\":1765349746123456,\"message\":\"ş\\u0000\",\"meta\":{\"x\":-0.0,\"y\":null}}"),
          Format.TEXT,
          List.of(
              "2025-12-10 06:55:46,123 ERROR payment failed",
              "127.0.0.1 - - [10/Dec/2025:06:55:46 +0300] \"GET / HTTP/1.1\" 200",
              "Dec 10 06:55:46 WARN çok sıcak"),
          Format.LOGFMT,
          List.of("time=2025-12-10T06:55:46Z level=info msg=\"a \\\"b\\\" c\" n=1.5 flag"),
          Format.REGEX,
          List.of("ERROR [main] it failed", "INFO [w-1] fine"),
          Format.SYSLOG,
          List.of(
              "<34>1 2003-10-11T22:14:15.003Z host su 12 ID47 [a@1 b=\"c\\\"\"] 'su' failed",
              "<165>Aug 24 05:34:00 host prog[10]: text"));

  private static final String OTLP =
      """
      {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"s"}}]},
      "scopeLogs":[{"logRecords":[{"timeUnixNano":"1544712660300000000","severityNumber":10,
      "body":{"kvlistValue":{"values":[{"key":"k","value":{"intValue":"1"}}]}},
      "attributes":[{"key":"d","value":{"doubleValue":1e308}},{"key":"a","value":{"arrayValue":{}}}]}]}]}]}
      """;

  /** One record: severity 9, severity text "E", body "abc". */
  private static final String OTLP_PROTOBUF = "\n\20\22\16\22\14\20\11\32\1E*\5\n\3abc";

  private static final List<Charset> CHARSETS =
      List.of(UTF_8, Charset.forName("ISO-8859-9"), Charset.forName("windows-1254"));

  @Property(tries = 1, seed = "20251210", shrinking = ShrinkingMode.OFF)
  void everyLineBecomesAnEvent(@ForAll long seed) throws Exception {
    for (Format format : Format.values()) {
      for (Charset charset : CHARSETS) {
        // Given
        LineParser parser = parser(format, charset);

        Fuzz.feed(
            format + " " + charset,
            new Mutations(LINES.get(format), seed),
            bytes -> {
              // When
              LogEvent event = parser.parse(bytes, 0, bytes.length, bytes.length % 2, NOW);

              // Then
              assertThat(EventCodec.decodeLog(EventCodec.encode(event)).service())
                  .as("seed %d", seed)
                  .isNotBlank();
            });
      }
    }
  }

  private static LineParser parser(Format format, Charset charset) {
    return new LineParser(
        new LineSettings(
            "api",
            format,
            format == Format.REGEX
                ? Pattern.compile("(?<level>[A-Z]+) \\[(?<thread>[^]]*)] (?<message>.*)")
                : null,
            FieldNames.USUAL,
            ZoneId.of("Europe/Istanbul"),
            charset),
        () -> {});
  }

  @Property(tries = 2, seed = "20251210", shrinking = ShrinkingMode.OFF)
  void linesAreTheSameHoweverTheStreamIsCut(@ForAll long seed) throws Exception {
    // Given
    List<String> whole = new ArrayList<>();
    List<String> cut = new ArrayList<>();
    LineSplitter one = new LineSplitter(64, (line, length, more) -> add(whole, line, length, more));
    LineSplitter other = new LineSplitter(64, (line, length, more) -> add(cut, line, length, more));

    Fuzz.feed(
        "lines",
        new Mutations(List.of("one\ntwo\r\n\nthree", "x".repeat(100) + "\r\n"), seed),
        bytes -> {
          // When
          one.add(bytes, bytes.length);
          for (byte each : bytes) {
            other.add(new byte[] {each}, 1);
          }

          // Then
          assertThat(cut).as("seed %d", seed).isEqualTo(whole);
          whole.clear();
          cut.clear();
        });
  }

  private static void add(List<String> lines, byte[] line, int length, long cut) {
    assertThat(length).isLessThanOrEqualTo(64);
    lines.add(Arrays.toString(Arrays.copyOf(line, length)) + cut);
  }

  @Property(tries = 1, seed = "20251210", shrinking = ShrinkingMode.OFF)
  void aRequestOfOpenTelemetryIsReadOrRefused(@ForAll long seed) throws Exception {
    OtlpLogs logs = new OtlpLogs(null);
    for (Encoding encoding : Encoding.values()) {
      Fuzz.feed(
          "OTLP " + encoding,
          encoding == Encoding.JSON
              ? new Mutations(List.of(OTLP), seed)
              : Mutations.ofBytes(List.of(OTLP_PROTOBUF), seed),
          bytes -> {
            try {
              // When
              List<LogEvent> events = logs.read(bytes, encoding, NOW).events();

              // Then
              for (LogEvent event : events) {
                assertThat(EventCodec.decodeLog(EventCodec.encode(event)).service())
                    .as("seed %d", seed)
                    .isNotBlank();
              }
            } catch (UnreadableOtlpException e) {
              assertThat(e.getMessage()).isNotBlank();
            }
          });
    }
  }
}
