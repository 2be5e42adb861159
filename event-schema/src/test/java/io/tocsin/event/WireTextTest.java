package io.tocsin.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What is written by hand, for speed, is what the libraries would write. */
class WireTextTest {

  private static final DateTimeFormatter FORMATTER =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @Property(tries = 2000)
  void aTimeIsTheFormattersText(
      @ForAll @LongRange(min = -62_167_219_200L, max = 253_402_300_799L) long second,
      @ForAll @IntRange(max = 999_999_999) int nano) {
    // Given: any second of the years 0 to 9999
    Instant instant = Instant.ofEpochSecond(second, nano);
    // When, then
    assertThat(Timestamps.format(instant)).isEqualTo(FORMATTER.format(instant));
  }

  @Property(tries = 500)
  void aRecordsMetaIsTheMappersText(@ForAll("metas") Map<String, Object> meta) throws Exception {
    // When
    byte[] json =
        EventCodec.encode(LogEvent.of(Instant.EPOCH, "api", Level.INFO, "log", "m", meta));
    // Then
    assertThat(new String(json, UTF_8))
        .contains("\"meta\":" + Json.MAPPER.writeValueAsString(meta) + "}");
  }

  @Property(tries = 200)
  void aPartOfABufferReadsAsTheWholeDoes(@ForAll("metas") Map<String, Object> meta)
      throws Exception {
    // Given
    byte[] json = EventCodec.encodeObject(meta);
    byte[] buffer = new byte[json.length + 20];
    Arrays.fill(buffer, (byte) '{');
    System.arraycopy(json, 0, buffer, 7, json.length);
    // When, then
    assertThat(EventCodec.decodeObject(buffer, 7, json.length))
        .isEqualTo(EventCodec.decodeObject(json));
  }

  @Property(tries = 1000)
  void aRawObjectIsTheParsedOneWhateverIsTakenOutOfIt(
      @ForAll("metas") Map<String, Object> fields, @ForAll("names") String name, @ForAll long seed)
      throws Exception {
    // Given: the same text twice, perhaps with blanks
    String json = new String(EventCodec.encodeObject(fields), UTF_8);
    byte[] text = (seed % 2 == 0 ? json : json.replace("{", "{ ") + " ").getBytes(UTF_8);
    Map<String, Object> parsed = EventCodec.decodeObject(text);
    RawObject raw = RawObject.of(text, 0, text.length);
    Assume.that(raw != null);

    // When
    assertThat(raw.get(name)).isEqualTo(parsed.get(name));
    Object taken = parsed.remove(name);
    assertThat(raw.containsKey(name)).isEqualTo(fields.containsKey(name));
    assertThat(raw.remove(name)).isEqualTo(taken);

    // Then
    assertThat(raw).hasSameSizeAs(parsed);
    byte[] event = EventCodec.encode(LogEvent.of(Instant.EPOCH, "a", Level.INFO, "e", "m", raw));
    assertThat(EventCodec.decodeLog(event).meta()).isEqualTo(parsed);
    raw.put("more", 1);
    parsed.put("more", 1);
    assertThat(raw).isEqualTo(parsed);
    assertThat(
            EventCodec.decodeLog(
                    EventCodec.encode(LogEvent.of(Instant.EPOCH, "a", Level.INFO, "e", "m", raw)))
                .meta())
        .isEqualTo(parsed);
  }

  @Property(tries = 3000)
  void noTextIsTakenForAnObjectThatIsNone(@ForAll("bentObjects") String text) throws Exception {
    // Given: objects with a character changed, so that few are sound
    byte[] json = text.getBytes(UTF_8);
    // When
    RawObject raw = RawObject.of(json, 0, json.length);
    // Then: what is taken, a parser takes too, and finds the same
    if (raw != null) {
      assertThat(raw).isEqualTo(EventCodec.decodeObject(json));
    }
  }

  @Example
  void whatIsTooLongForTheParserIsNotTaken() {
    for (String json :
        List.of("{\"a\":1" + "0".repeat(2000) + "}", "{\"" + "n".repeat(60_000) + "\":1}")) {
      byte[] text = json.getBytes(UTF_8);
      assertThat(RawObject.of(text, 0, text.length)).isNull();
    }
  }

  @Provide
  Arbitrary<String> bentObjects() {
    String sound =
        "{\"a\": \"x\\n\", \"b\":-1.50 ,\"c\":[1],\"d\":{},\"e\":null,\"f\":true,\"f\":0,\"g\":01}";
    return Combinators.combine(
            Arbitraries.integers().between(0, sound.length()),
            Arbitraries.integers().between(0, sound.length()),
            Arbitraries.of("", "\"", "{", "}", ",", ":", "\\", "0", "-", ".", "\u0001", "ş", "]}"))
        .as(
            (from, to, bit) ->
                sound.substring(0, Math.min(from, to)) + bit + sound.substring(Math.max(from, to)))
        .map(bent -> bent.replace("\"c\":[1],\"d\":{},", ""));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().alpha().ofMaxLength(2);
  }

  @Provide
  Arbitrary<Map<String, Object>> metas() {
    Arbitrary<Object> values =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(12).asGeneric(),
            Arbitraries.integers().asGeneric(),
            Arbitraries.longs().asGeneric(),
            Arbitraries.bigDecimals().ofScale(4).asGeneric(),
            Arbitraries.of(true, false).asGeneric(),
            Arbitraries.doubles().asGeneric(),
            Arbitraries.of(new BigDecimal("1E+30"), new BigDecimal("3920.10")).asGeneric(),
            Arbitraries.of(List.of(1, "two"), Map.of("inner", 1)).asGeneric(),
            Arbitraries.just(null));
    return Arbitraries.maps(Arbitraries.strings().alpha().ofMaxLength(2), values)
        .ofMaxSize(8)
        .map(LinkedHashMap::new);
  }
}
