package io.tocsin.agent.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.agent.parse.LineSettings.Format;
import io.tocsin.event.EventCodec;
import io.tocsin.event.LogEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/** A line's record is the same whichever way it is made. */
class JsonPassageTest {

  private static final Instant READ_AT = Instant.parse("2025-12-11T00:00:00Z");
  private static final String SERVICE = "a \"{},\"meta\":{}\" ş";
  private static final String PREFIX = "edge\\1/api/\"1\"/";

  private static final List<FieldNames> NAMES =
      List.of(
          FieldNames.USUAL,
          new FieldNames("timestamp", "svc", "lvl", "type", "text", "extra"),
          new FieldNames("ts", "ts", "ts", "event", "event", null),
          new FieldNames("when.at", "message", "level", "a.b", "message", null));

  @Property(tries = 4000)
  void theRecordIsTheParsersAndTheCodecs(
      @ForAll("lines") String json, @ForAll("names") FieldNames names) throws Exception {
    // Given: other text around the line
    byte[] buffer = ("{\"x\":1}\n" + json + "\n}\"").getBytes(UTF_8);
    int length = json.getBytes(UTF_8).length;
    LineParser parser = parser(names);
    JsonPassage passage = parser.passage("h\"{}", "s", PREFIX);
    assertThat(passage).isNotNull();

    // When
    boolean taken = passage.read(buffer, 8, length, READ_AT);

    // Then
    Statistics.collect(taken);
    if (taken) {
      LogEvent draft = parser(names).parse(buffer, 8, length, 0, READ_AT);
      assertThat(passage.level()).isEqualTo(draft.level());
      assertThat(passage.service()).isEqualTo(draft.service());
      LogEvent event = whole(draft, PREFIX + 1234567);
      assertThat(EventCodec.decodeObject(passage.record(1234567)))
          .containsExactlyEntriesOf(EventCodec.decodeObject(EventCodec.encode(event)));
    }
  }

  @Property(tries = 4000)
  void whatIsNoSoundLineIsRefusedOrReadAsByTheParser(
      @ForAll("lines") String json, @ForAll byte noise, @ForAll int place) throws Exception {
    // Given
    byte[] line = json.getBytes(UTF_8);
    line[Math.floorMod(place, line.length)] = noise;
    JsonPassage passage = parser(NAMES.get(1)).passage("h", "s", PREFIX);

    // When
    boolean taken = passage.read(line, 0, line.length, READ_AT);

    // Then
    if (taken) {
      LogEvent draft = parser(NAMES.get(1)).parse(line, 0, line.length, 0, READ_AT);
      assertThat(EventCodec.decodeLog(passage.record(7)))
          .isEqualTo(EventCodec.decodeLog(EventCodec.encode(whole(draft, "h", PREFIX + 7))));
    }
  }

  @Property(tries = 4000)
  void aLineIsReadTheSameWhateverWasReadBefore(
      @ForAll("lines") String other,
      @ForAll("lines") String json,
      @ForAll byte noise,
      @ForAll int place,
      @ForAll @IntRange(max = 9) int behind) {
    // Given: a passage that knows the layout of almost this line, and one that knows none
    JsonPassage knowing = parser(NAMES.get(1)).passage("h", "s", PREFIX);
    read(knowing, other.getBytes(UTF_8));
    read(knowing, json.getBytes(UTF_8));
    JsonPassage fresh = parser(NAMES.get(1)).passage("h", "s", PREFIX);
    byte[] line = json.getBytes(UTF_8);
    int length = line.length;
    line[Math.floorMod(place, length)] = noise;
    byte[] buffer = Arrays.copyOf(line, length + behind);

    // When
    boolean expected = read(fresh, line);

    // Then
    for (String again : List.of(other, json)) {
      assertThat(knowing.read(buffer, 0, length, READ_AT)).isEqualTo(expected);
      if (expected) {
        assertThat(new String(knowing.record(7), UTF_8))
            .isEqualTo(new String(fresh.record(7), UTF_8));
        assertThat(knowing.level()).isEqualTo(fresh.level());
        assertThat(knowing.service()).isEqualTo(fresh.service());
      }
      read(knowing, again.getBytes(UTF_8));
    }
  }

  private static boolean read(JsonPassage passage, byte[] line) {
    return passage.read(line, 0, line.length, READ_AT);
  }

  @Test
  void moreLayoutsThanAreRememberedTakeTurns() {
    // Given
    JsonPassage passage = parser(NAMES.get(1)).passage("h", "s", "edge-01/s/1/");
    String ts = "\"timestamp\":\"2025-12-10T12:00:%02dZ\"";

    // When
    List<String> records =
        IntStream.range(0, 40)
            .mapToObj(
                i -> {
                  String mark = "\"mark" + i % 7 + "\":" + i;
                  String fields = i % 2 == 0 ? ts + "," + mark : mark + "," + ts;
                  byte[] line = ("{" + fields.formatted(i) + "}").getBytes(UTF_8);
                  assertThat(read(passage, line)).isTrue();
                  return new String(passage.record(i), UTF_8);
                })
            .toList();

    // Then
    assertThat(records)
        .allSatisfy(
            record -> {
              int i = records.indexOf(record);
              assertThat(record)
                  .startsWith("{\"ts\":\"2025-12-10T12:00:%02d.000Z\"".formatted(i))
                  .contains("\"meta\":{\"mark" + i % 7 + "\":" + i + "}");
            });
  }

  @Test
  void anEverydayLineIsTakenAgainAndAgain() {
    // Given
    JsonPassage passage = parser(NAMES.get(1)).passage("h", "s", "edge-01/s/1/");
    byte[] large = line("x".repeat(3000));
    byte[] small = line("y");
    assertThat(passage.read(large, 0, large.length, READ_AT)).isTrue();
    byte[] first = passage.record(0);

    // When
    assertThat(passage.read(small, 0, small.length, READ_AT)).isTrue();

    // Then
    assertThat(new String(passage.record(Long.MAX_VALUE), UTF_8))
        .isEqualTo(
            """
            {"ts":"2025-12-10T12:00:00.250Z","service":"api","level":"WARNING","event":"boom",\
            "message":"y \\"\\n\\/","meta":{"n": -1.50,"z":null},"host":"h","source":"s",\
            "id":"edge-01/s/1/9223372036854775807"}""");
    assertThat(new String(first, UTF_8)).contains("x".repeat(3000)).endsWith("/0\"}");
  }

  @Test
  void thereIsNoneForOtherFormatsAndCharsets() {
    LineSettings latin =
        new LineSettings("a", Format.JSON, null, FieldNames.USUAL, ZoneId.of("UTC"), ISO_8859_1);
    LineSettings logfmt =
        new LineSettings("a", Format.LOGFMT, null, FieldNames.USUAL, ZoneId.of("UTC"), UTF_8);
    for (LineSettings settings : List.of(latin, logfmt)) {
      assertThat(new LineParser(settings, () -> {}).passage("h", "s", "p")).isNull();
    }
  }

  private static byte[] line(String text) {
    return """
    {"timestamp": "2025-12-10 12:00:00.2509Z", "n": -1.50, "svc": "api", "lvl": "warn",\
     "type": "boom", "text": "%s \\"\\n\\/","z":null}"""
        .formatted(text)
        .getBytes(UTF_8);
  }

  private static LineParser parser(FieldNames names) {
    return new LineParser(
        new LineSettings(SERVICE, Format.JSON, null, names, ZoneId.of("Europe/Istanbul"), UTF_8),
        () -> {});
  }

  private static LogEvent whole(LogEvent draft, String id) {
    return whole(draft, "h\"{}", id);
  }

  private static LogEvent whole(LogEvent draft, String host, String id) {
    return new LogEvent(
        draft.ts(),
        draft.service(),
        draft.level(),
        draft.event(),
        draft.message(),
        draft.meta(),
        host,
        "s",
        id);
  }

  @Provide
  Arbitrary<FieldNames> names() {
    return Arbitraries.of(NAMES);
  }

  @Provide
  Arbitrary<String> lines() {
    Arbitrary<String> text =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(
                4,
                Arbitraries.of(
                    "\"INFO\"",
                    "\"warn\"",
                    "\" x\"",
                    "\"\"",
                    "\"a\\nb\\\"\"",
                    "\"c\\/d\"",
                    "\"\\tblank\"",
                    "\"2025-12-10T12:00:00.123456\"",
                    "\"2025-10-26 03:30:00\"",
                    "\"1765357200\"",
                    "\"10/Dec/2025:06:55:46 +0300\"")),
            net.jqwik.api.Tuple.of(
                1,
                Arbitraries.of(
                    "null", "true", "-12", "1.50", "1765357200", "\"ş\"", "\"\\u0041\"")));
    Arbitrary<String> name =
        Arbitraries.of(
            "ts",
            "timestamp",
            "level",
            "lvl",
            "svc",
            "service",
            "event",
            "type",
            "message",
            "text",
            "a",
            "when.at",
            "meta",
            "extra");
    Arbitrary<String> ts = Arbitraries.of("ts", "timestamp");
    Arbitrary<Map<String, String>> others = Arbitraries.maps(name, text).ofMaxSize(7);
    return Combinators.combine(ts, others, Arbitraries.of(",", " , "))
        .as(
            (at, fields, comma) -> {
              Map<String, String> all = new LinkedHashMap<>(fields);
              all.putIfAbsent(at, "\"2025-12-10T12:00:00\"");
              String[] parts =
                  all.entrySet().stream()
                      .map(each -> "\"" + each.getKey() + "\":" + each.getValue())
                      .toArray(String[]::new);
              return "{" + String.join(comma, Arrays.asList(parts)) + "}";
            });
  }
}
