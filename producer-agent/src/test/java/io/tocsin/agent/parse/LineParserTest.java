package io.tocsin.agent.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.agent.parse.LineSettings.Format;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineParserTest {

  private static final ZoneId ISTANBUL = ZoneId.of("Europe/Istanbul");
  private static final Instant READ_AT = Instant.parse("2025-12-11T00:00:00Z");
  private static final List<Format> FORMATS = List.copyOf(EnumSet.allOf(Format.class));
  private static final Pattern PATTERN =
      Pattern.compile("(?<time>\\S+) \\[(?<level>\\w+)\\] (?<message>.*)");

  @Test
  void jsonFieldsAreFoundWhereTheFileSaysAndTheRestIsMeta() {
    // Given
    FieldNames names = new FieldNames("when.at", "who", "lvl", "type", "text", "extra");

    // When
    LogEvent event =
        parse(
            Format.JSON,
            names,
            """
            {"when":{"at":"2025-12-10T12:00:00"},"who":"worker","lvl":"CRITICAL","type":"boom",\
            "text":{"a":[1,null]},"extra":{"k":1},"other":true}""");

    // Then
    assertThat(event.ts()).isEqualTo("2025-12-10T09:00:00Z");
    assertThat(event.service()).isEqualTo("worker");
    assertThat(event.level()).isEqualTo(Level.CRITICAL);
    assertThat(event.event()).isEqualTo("boom");
    assertThat(event.message()).isEqualTo("{\"a\":[1,null]}");
    assertThat(event.meta()).containsEntry("other", true).containsKey("k");
  }

  @Test
  void jsonThatIsNestedTooDeeplyToBeWrittenIsKeptAsALine() {
    String deep = "{\"a\":" + "[".repeat(900) + "]".repeat(900) + "}";
    LogEvent event = parse(Format.JSON, FieldNames.USUAL, deep);
    assertThat(event.event()).isEqualTo("unparsed_line");
    assertThat(event.message()).isEqualTo(deep);
  }

  @Test
  void aLineThatIsNotOfItsFormatIsKept() {
    for (Format format : new Format[] {Format.JSON, Format.LOGFMT, Format.REGEX, Format.SYSLOG}) {
      // When
      LogEvent event = parse(format, FieldNames.USUAL, "Traceback (most recent call last):");

      // Then
      assertThat(event.event()).as("%s", format).isEqualTo("unparsed_line");
      assertThat(event.message()).isEqualTo("Traceback (most recent call last):");
      assertThat(event.ts()).isEqualTo(READ_AT);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TEXT | 2025-12-10 12:00:00,250 ERROR db: gone | ERROR | 2025-12-10T09:00:00.250Z"
            + " | 2025-12-10 12:00:00,250 ERROR db: gone",
        "TEXT | an error in a sentence | INFO | 2025-12-11T00:00:00Z | an error in a sentence",
        "LOGFMT | ts=2025-12-10T09:00:00Z level=warn msg=\"two words\" n=1 | WARNING"
            + " | 2025-12-10T09:00:00Z | two words",
        "REGEX | 2025-12-10T12:00:00 [DEBUG] text | DEBUG | 2025-12-10T09:00:00Z | text",
        "SYSLOG | <11>1 2025-12-10T09:00:00Z host app 7 ID - text | ERROR"
            + " | 2025-12-10T09:00:00Z | text",
        "SYSLOG | <12>Dec 10 12:00:00 host app[7]: text | WARNING | 2025-12-10T09:00:00Z | text",
        "SYSLOG | Dec 10 12:00:00 host app: text | INFO | 2025-12-10T09:00:00Z | text",
      })
  void everyFormatGivesTimeLevelAndMessage(
      Format format, String line, Level level, Instant ts, String message) {
    // When
    LogEvent event = parse(format, FieldNames.USUAL, line);

    // Then
    assertThat(event.level()).isEqualTo(level);
    assertThat(event.ts()).isEqualTo(ts);
    assertThat(event.message()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2025-12-10T12:46:41.565259 | 2025-12-10T09:46:41.565259Z",
        "2025-12-10T12:46:41+01:00 | 2025-12-10T11:46:41Z",
        "2025-12-10 12:46:41Z | 2025-12-10T12:46:41Z",
        "2025/12/10 12:46 | 2025-12-10T09:46:00Z",
        "1765360001 | 2025-12-10T09:46:41Z",
        "1765360001565 | 2025-12-10T09:46:41.565Z",
        "1765360001565259000 | 2025-12-10T09:46:41.565259Z",
        "10/Dec/2025:12:46:41 +0300 | 2025-12-10T09:46:41Z",
        "Wed, 10 Dec 2025 09:46:41 GMT | 2025-12-10T09:46:41Z",
        "Dec 31 23:00:00 | 2024-12-31T20:00:00Z",
      })
  void timesOfManyFormsAreRead(String written, Instant ts) {
    assertThat(parse(Format.JSON, FieldNames.USUAL, "{\"ts\":\"%s\"}".formatted(written)).ts())
        .isEqualTo(ts);
  }

  @Test
  void whatIsNoTimeOrLevelIsKeptBesideTheTimeOfReading() {
    // When
    LogEvent event = parse(Format.JSON, FieldNames.USUAL, "{\"ts\":\"soon\",\"level\":\"LOUD\"}");

    // Then
    assertThat(event.ts()).isEqualTo(READ_AT);
    assertThat(event.level()).isEqualTo(Level.INFO);
    assertThat(event.meta()).containsEntry("ts_error", "soon").containsEntry("level_raw", "LOUD");
  }

  @Test
  void anHourThatTheClockShowsTwiceIsToldByTheOrderOfLines() {
    // Given: in Berlin the clock went back from 03:00 to 02:00
    LineParser parser = parser(Format.TEXT, FieldNames.USUAL, ZoneId.of("Europe/Berlin"), UTF_8);

    // When
    Instant first = ts(parser, "2025-10-26 02:30:00 first");
    Instant last = ts(parser, "2025-10-26 02:59:59 last");
    Instant again = ts(parser, "2025-10-26 02:30:00 again");
    Instant after = ts(parser, "2025-10-26 03:00:00 after");

    // Then
    assertThat(first).isEqualTo("2025-10-26T00:30:00Z");
    assertThat(last).isEqualTo("2025-10-26T00:59:59Z");
    assertThat(again).isEqualTo("2025-10-26T01:30:00Z");
    assertThat(after).isEqualTo("2025-10-26T02:00:00Z");
  }

  @Test
  void anotherCharacterSetIsRead() {
    // Given
    Charset turkish = Charset.forName("ISO-8859-9");
    byte[] line = "şarj başladı".getBytes(turkish);

    // When
    LogEvent event =
        parser(Format.TEXT, FieldNames.USUAL, ISTANBUL, turkish)
            .parse(line, 0, line.length, 0, READ_AT);

    // Then
    assertThat(event.message()).isEqualTo("şarj başladı");
  }

  /** Whatever stands in a line: an event that can be encoded, and no exception. */
  @Property(tries = 2000, seed = "4714", shrinking = ShrinkingMode.OFF)
  void everyLineBecomesAnEvent(@ForAll long seed) {
    // Given
    Random random = new Random(seed);
    Format format = FORMATS.get(random.nextInt(FORMATS.size()));
    byte[] line = mutated(random);

    // When
    LogEvent event =
        parser(format, FieldNames.USUAL, ISTANBUL, UTF_8)
            .parse(line, 0, line.length, random.nextInt(2), READ_AT);

    // Then
    assertThat(EventCodec.encode(event)).isNotEmpty();
  }

  private static byte[] mutated(Random random) {
    String[] good = {
      "{\"ts\":1765360001.5,\"level\":30,\"message\":[{\"a\":1e400}],\"meta\":{\"meta\":{}}}",
      "{\"ts\":99999999999999999999,\"time\":{},\"level\":null,\"event\":\"\",\"service\":\" \"}",
      "<165>1 2025-12-10T09:00:00Z host app 7 ID [a b=\"c\\\"]\"] text",
      "<12>Feb 29 24:00:00 host app[7]: text",
      "ts=2025-02-30T09:00:00Z level=\"warn msg=\"a\\\" b\" x",
      "9999-12-31T23:59:60.999999999-18:00 [FATAL] \u0000\ud83d\ude00",
      "[".repeat(5000),
      "{\"a\":".repeat(2000),
    };
    byte[] line =
        good[random.nextInt(good.length)].getBytes(random.nextBoolean() ? UTF_8 : ISO_8859_1);
    for (int i = random.nextInt(6); i > 0; i--) {
      line[random.nextInt(line.length)] = (byte) random.nextInt(256);
    }
    return line;
  }

  private static Instant ts(LineParser parser, String line) {
    byte[] bytes = line.getBytes(UTF_8);
    return parser.parse(bytes, 0, bytes.length, 0, READ_AT).ts();
  }

  private static LogEvent parse(Format format, FieldNames names, String line) {
    byte[] bytes = ("<<" + line + ">>").getBytes(UTF_8);
    return parser(format, names, ISTANBUL, UTF_8).parse(bytes, 2, bytes.length - 4, 0, READ_AT);
  }

  private static LineParser parser(Format format, FieldNames names, ZoneId zone, Charset charset) {
    return new LineParser(
        new LineSettings(
            "api", format, format == Format.REGEX ? PATTERN : null, names, zone, charset),
        () -> {});
  }
}
