package io.tocsin.indexer.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.indexer.document.Prepared.Document;
import io.tocsin.indexer.document.Prepared.Unusable;
import io.tocsin.topics.Topics;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentFactoryTest {

  private static final String TS = "\"ts\":\"2026-11-21T10:00:00.000Z\"";

  private final DocumentFactory factory =
      new DocumentFactory(
          new SaneWindow(
              Instant.parse("2000-01-01T00:00:00Z"),
              Duration.ofHours(48),
              InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"))),
          10_000);

  private static ConsumerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
    return new ConsumerRecord<>(
        topic, 2, 17, key == null ? null : key.getBytes(StandardCharsets.UTF_8), value);
  }

  private Prepared prepare(String topic, String json) {
    return factory.prepare(record(topic, "key", json.getBytes(StandardCharsets.UTF_8)));
  }

  private Document document(String topic, String json) {
    return (Document) prepare(topic, json);
  }

  private static String source(Document document) {
    return new String(
        document.source(),
        document.from(),
        document.to() - document.from(),
        StandardCharsets.UTF_8);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"tocsin.logs,tocsin-logs-2026.11.21", "tocsin.telemetry,tocsin-telemetry-2026.11.21"})
  void eventsAreNamedByTheirDayAndIdentifiedByTheirSource(String topic, String index) {
    // When
    Document document = document(topic, "{" + TS + ",\"id\":\"a/s/1/7\"}");
    // Then
    assertThat(document.index()).isEqualTo(index);
    assertThat(document.id()).isEqualTo("a/s/1/7");
    assertThat(document.write()).isInstanceOf(Write.Once.class);
  }

  @Test
  void theBytesAreTheProducersOwn() {
    // Given
    byte[] value = ("{ \"n\" : 3920.10 ,\t" + TS + "}").getBytes(StandardCharsets.UTF_8);
    // When
    Document document = (Document) factory.prepare(record(Topics.LOGS, null, value));
    // Then
    assertThat(document.source()).isSameAs(value);
  }

  @Test
  void lineEndsBetweenTokensBecomeSpacesAndThoseInTextsStay() {
    // When
    Document document = document(Topics.LOGS, "\n{\r\n" + TS + ",\n\"m\":\"a\\nb\"\n}\n");
    // Then
    assertThat(source(document)).isEqualTo("{  " + TS + ", \"m\":\"a\\nb\" } ");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheDocument() {
    assertThat(source(document(Topics.LOGS, "\ufeff{" + TS + "}"))).isEqualTo("{" + TS + "}");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {"no id|", "empty id|,\"id\":\"\"", "number|,\"id\":7", "null|,\"id\":null"})
  void aRecordWithoutAnIdIsIdentifiedByItsPlace(String name, String field) {
    String json = "{" + TS + (field == null ? "" : field) + "}";
    assertThat(document(Topics.LOGS, json).id()).isEqualTo("tocsin.logs-2-17");
  }

  @Test
  void onlyTopLevelFieldsAreLookedAt() {
    // When
    Document document =
        document(
            Topics.LOGS,
            "{\"meta\":{\"id\":\"no\",\"ts\":\"1970-01-01T00:00:00Z\"},\"id\":\"yes\"," + TS + "}");
    // Then
    assertThat(document.id()).isEqualTo("yes");
  }

  @Test
  void aTransitionLandsInTheIndexOfItsEpisodesStart() {
    // When
    Document document =
        document(
            Topics.ALERTS,
            """
            {"episode":"f/1","status":"resolved","at":"2026-11-21T00:10:00.000Z",
             "startsAt":"2026-11-20T23:50:00.000Z"}""");
    // Then
    assertThat(document.index()).isEqualTo("tocsin-alerts-2026.11.20");
    assertThat(document.id()).isEqualTo("f/1:resolved");
  }

  @Test
  void healthIsOneDocumentAServiceAndTheLaterRecordWins() {
    // Given
    String json = "{" + TS + ",\"service\":\"api\"}";
    // When
    Document first = (Document) factory.prepare(health(1000, 7, json));
    Document sameBatch = (Document) factory.prepare(health(1000, 8, json));
    Document topicMadeAnew = (Document) factory.prepare(health(1001, 0, json));
    // Then
    assertThat(first.index()).isEqualTo("tocsin-health");
    assertThat(first.id()).isEqualTo("api");
    assertThat(version(first)).isLessThan(version(sameBatch));
    assertThat(version(sameBatch)).isLessThan(version(topicMadeAnew));
  }

  private static long version(Document document) {
    return ((Write.Latest) document.write()).version();
  }

  private static ConsumerRecord<byte[], byte[]> health(long timestamp, long offset, String json) {
    return new ConsumerRecord<>(
        Topics.HEALTH,
        0,
        offset,
        timestamp,
        TimestampType.LOG_APPEND_TIME,
        -1,
        -1,
        null,
        utf8(json),
        new RecordHeaders(),
        Optional.empty());
  }

  @Test
  void aTombstoneOfHealthRemovesTheService() {
    // When
    Document document = (Document) factory.prepare(record(Topics.HEALTH, "api", null));
    // Then
    assertThat(document.id()).isEqualTo("api");
    assertThat(document.write()).isInstanceOf(Write.Remove.class);
  }

  static Stream<Arguments> unusable() {
    String big = "x".repeat(10_000);
    return Stream.of(
        Arguments.of("tombstone", null, Flaw.NO_VALUE),
        Arguments.of("nothing", utf8(""), Flaw.EMPTY),
        Arguments.of("white space", utf8(" \r\n\t"), Flaw.EMPTY),
        Arguments.of("text", utf8("2026-11-21 ERROR it broke"), Flaw.NOT_JSON),
        Arguments.of("half an object", utf8("{" + TS + ",\"m\":\"a"), Flaw.NOT_JSON),
        Arguments.of("two objects", utf8("{" + TS + "}{" + TS + "}"), Flaw.NOT_JSON),
        Arguments.of("an object and a comma", utf8("{" + TS + "},"), Flaw.NOT_JSON),
        Arguments.of(
            "a raw line end in a text", utf8("{" + TS + ",\"m\":\"a\nb\"}"), Flaw.NOT_JSON),
        Arguments.of("a bare NaN", utf8("{" + TS + ",\"n\":NaN}"), Flaw.NOT_JSON),
        Arguments.of("an array", utf8("[{" + TS + "}]"), Flaw.NOT_OBJECT),
        Arguments.of("a text", utf8("\"hello\""), Flaw.NOT_OBJECT),
        Arguments.of("a number", utf8("5"), Flaw.NOT_OBJECT),
        Arguments.of("null", utf8("null"), Flaw.NOT_OBJECT),
        Arguments.of("bad UTF-8", latin1("{" + TS + ",\"m\":\"caf\u00e9 \"}"), Flaw.NOT_JSON),
        Arguments.of("bad UTF-8 in a name", latin1("{" + TS + ",\"caf\u00e9 \":1}"), Flaw.NOT_JSON),
        Arguments.of("UTF-16", bytes("{" + TS + "}", StandardCharsets.UTF_16LE), Flaw.NOT_JSON),
        Arguments.of("UTF-16BE", bytes("{" + TS + "}", StandardCharsets.UTF_16BE), Flaw.NOT_JSON),
        Arguments.of("gzip", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0}, Flaw.NOT_JSON),
        Arguments.of(
            "deep",
            utf8("{" + TS + ",\"a\":" + "[".repeat(120) + "]".repeat(120) + "}"),
            Flaw.TOO_DEEP),
        Arguments.of("large", utf8("{" + TS + ",\"m\":\"" + big + "\"}"), Flaw.TOO_LARGE),
        Arguments.of("no ts", utf8("{\"message\":\"m\"}"), Flaw.BAD_TS),
        Arguments.of("ts a number", utf8("{\"ts\":1763720130}"), Flaw.BAD_TS),
        Arguments.of("ts null", utf8("{\"ts\":null}"), Flaw.BAD_TS),
        Arguments.of("ts without zone", utf8("{\"ts\":\"2026-11-21T10:00:00\"}"), Flaw.BAD_TS),
        Arguments.of("1970", utf8("{\"ts\":\"1970-01-01T00:00:00.000Z\"}"), Flaw.BAD_TS),
        Arguments.of("9999", utf8("{\"ts\":\"9999-12-31T23:59:59.999Z\"}"), Flaw.BAD_TS),
        Arguments.of("in three days", utf8("{\"ts\":\"2026-11-24T10:00:00Z\"}"), Flaw.BAD_TS));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("unusable")
  void whatIsNoRecordSaysWhy(String name, byte[] value, Flaw flaw) {
    // When
    Prepared prepared = factory.prepare(record(Topics.LOGS, "key", value));
    // Then
    assertThat(prepared)
        .isInstanceOfSatisfying(
            Unusable.class,
            unusable -> {
              assertThat(unusable.flaw()).isEqualTo(flaw);
              assertThat(unusable.detail()).isNotBlank();
            });
  }

  @Test
  void aThousandFieldsAreReadAsAnyOther() {
    // Given
    StringBuilder json = new StringBuilder("{" + TS);
    IntStream.range(0, 1000).forEach(i -> json.append(",\"k").append(i).append("\":1"));
    // When // Then
    assertThat(prepare(Topics.LOGS, json.append('}').toString())).isInstanceOf(Document.class);
  }

  private static byte[] utf8(String text) {
    return bytes(text, StandardCharsets.UTF_8);
  }

  private static byte[] latin1(String text) {
    return bytes(text, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text, Charset charset) {
    return text.getBytes(charset);
  }
}
