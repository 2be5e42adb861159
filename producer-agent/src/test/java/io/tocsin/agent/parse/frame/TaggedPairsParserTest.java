package io.tocsin.agent.parse.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tocsin.event.Level;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaggedPairsParserTest {

  private final FrameParser parser = new TaggedPairsParser(List.of("STAT"));

  @Test
  void aStatusFrameMeasuresWithNumbersExactlyAsWritten() {
    // When
    ParsedFrame frame = parse("STAT;ID=4;CPV=3920.10;TEMP=-7;BIG=12345678901234567890;NOTE=A1;");

    // Then
    assertThat(frame)
        .isInstanceOfSatisfying(
            ParsedFrame.Measurement.class,
            it -> {
              assertThat(it.kind()).isEqualTo("stat");
              assertThat(it.values())
                  .containsExactly(
                      entry("ID", 4L),
                      entry("CPV", new BigDecimal("3920.10")),
                      entry("TEMP", -7L),
                      entry("BIG", new BigInteger("12345678901234567890")),
                      entry("NOTE", "A1"));
              assertThat(it.meta()).isEmpty();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INFO;MSG=GF_COUNT;VAL=3;      | INFO    | gf_count      | GF_COUNT VAL=3",
        "WARN;MSG=GF_CONFIRMED;        | WARNING | gf_confirmed  | GF_CONFIRMED",
        "ERR;INVALID_COMMA             | ERROR   | invalid_comma | INVALID_COMMA",
        "INFO;VAL=1;                   | INFO    | info          | INFO VAL=1",
        "ACK;CMD=AUTH;STATUS=NOT CLEARED; | INFO | ack           | ACK CMD=AUTH STATUS=NOT CLEARED",
        "CARDEXISTS=1;                 | INFO    | cardexists    | CARDEXISTS=1",
        "NOCARDSPACE=1;                | INFO    | nocardspace   | NOCARDSPACE=1",
        "METER;V=230;A=5;              | INFO    | meter         | METER V=230 A=5",
        "BOOT                          | INFO    | boot          | BOOT"
      })
  void anyOtherFrameTells(String text, Level level, String event, String message) {
    // When
    ParsedFrame frame = parse(text);

    // Then
    assertThat(frame)
        .isInstanceOfSatisfying(
            ParsedFrame.Message.class,
            it -> {
              assertThat(it.level()).isEqualTo(level);
              assertThat(it.event()).isEqualTo(event);
              assertThat(it.message()).isEqualTo(message);
            });
  }

  @Test
  void thePairsOfAMessageAreItsMeta() {
    assertThat(metaOf("INFO;MSG=GF_COUNT;VAL=3;")).isEqualTo(Map.of("MSG", "GF_COUNT", "VAL", 3L));
    assertThat(metaOf("ACK;CMD=AUTH;STATUS=NOT CLEARED;"))
        .isEqualTo(Map.of("CMD", "AUTH", "STATUS", "NOT CLEARED"));
    assertThat(metaOf("ERR;INVALID_COMMA")).isEqualTo(Map.of("text", "INVALID_COMMA"));
    assertThat(metaOf("CARDEXISTS=1;")).isEqualTo(Map.of("CARDEXISTS", 1L));
  }

  @Test
  void nothingIsLostOfAKeyThatStandsTwiceOrAWordThatIsNoPair() {
    // When
    ParsedFrame frame = parse("STAT;CP=1;CP=2;\r\nODD;=5;K=a=b;");

    // Then
    assertThat(frame)
        .isInstanceOfSatisfying(
            ParsedFrame.Measurement.class,
            it -> {
              assertThat(it.values()).isEqualTo(Map.of("CP", 1L, "CP_2", 2L, "K", "a=b"));
              assertThat(it.meta()).isEqualTo(Map.of("text", "ODD =5"));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";;", " \r\n;"})
  void anEmptyFrameIsUnparsed(String text) {
    assertThat(parse(text)).isEqualTo(new ParsedFrame.Unreadable(Rejection.UNPARSED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"STAT;CP=\u00FF;", "ST\u0000AT;CP=1;", "STAT;CP=\u001B;", "\u007F"})
  void bytesThatAreNoTextSpoilAFrame(String text) {
    assertThat(parse(text)).isEqualTo(new ParsedFrame.Unreadable(Rejection.NOT_TEXT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e5", "0x1F", "1.2.3", "-", ".", "NaN", "1,5", "--1"})
  void whatOnlyLooksLikeANumberStaysText(String text) {
    assertThat(FrameValues.of(text)).isEqualTo(text);
  }

  private Map<String, Object> metaOf(String text) {
    return ((ParsedFrame.Message) parse(text)).meta();
  }

  private ParsedFrame parse(String text) {
    return parser.parse(text.getBytes(ISO_8859_1));
  }
}
