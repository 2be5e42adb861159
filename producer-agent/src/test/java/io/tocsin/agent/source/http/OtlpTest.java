package io.tocsin.agent.source.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of OpenTelemetry's exporters over real HTTP into a real spool. */
class OtlpTest {

  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private static final String TRACE = "5b8efff798038103d269b633813fc60c";
  private static final String SPAN = "eee19b7ec3c1b174";

  /** After the example of the OTLP repository, examples/logs.json. */
  private static final String EXAMPLE =
      """
      {"resourceLogs":[{"resource":{"attributes":[
          {"key":"service.name","value":{"stringValue":"my.service"}},
          {"key":"host.name","value":{"stringValue":"edge-7"}}]},
        "scopeLogs":[{"scope":{"name":"my.library","version":"1.0.0"},"logRecords":[
          {"timeUnixNano":"1544712660300000000","observedTimeUnixNano":"1544712660300000001",
           "severityNumber":17,"severityText":"Error","eventName":"card_refused",
           "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174",
           "body":{"stringValue":"Example log record"},
           "attributes":[
            {"key":"b","value":{"boolValue":true}},
            {"key":"i","value":{"intValue":"10"}},
            {"key":"d","value":{"doubleValue":637.704}},
            {"key":"a","value":{"arrayValue":{"values":[{"stringValue":"x"},{"intValue":2}]}}},
            {"key":"m","value":{"kvlistValue":{"values":[
              {"key":"k","value":{"stringValue":"v"}}]}}}]}]}]}]}
      """;

  @TempDir Path dir;

  @Test
  void bothEncodingsGiveTheSameEvent() throws Exception {
    try (IngestBox box = new IngestBox(dir, "")) {
      // When
      HttpResponse<byte[]> json = send(box, EXAMPLE.getBytes(UTF_8), JSON + "; charset=utf-8");
      HttpResponse<byte[]> protobuf = send(box, example().toByteArray(), PROTOBUF);

      // Then
      assertThat(json.statusCode()).isEqualTo(200);
      assertThat(new String(json.body(), UTF_8)).isEqualTo("{}");
      assertThat(json.headers().firstValue("Content-Type")).hasValue(JSON);
      assertThat(protobuf.statusCode()).isEqualTo(200);
      assertThat(ExportLogsServiceResponse.parseFrom(protobuf.body()))
          .isEqualTo(ExportLogsServiceResponse.getDefaultInstance());
      assertThat(protobuf.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
      List<LogEvent> events = box.spooled();
      assertThat(events).hasSize(2);
      for (LogEvent event : events) {
        assertThat(event.service()).isEqualTo("my.service");
        assertThat(event.ts()).isEqualTo(Instant.parse("2018-12-13T14:51:00.300Z"));
        assertThat(event.level()).isEqualTo(Level.ERROR);
        assertThat(event.event()).isEqualTo("card_refused");
        assertThat(event.message()).isEqualTo("Example log record");
        assertThat(EventCodec.encodeObject(event.meta()))
            .asString(UTF_8)
            .isEqualTo(
                "{\"b\":true,\"i\":10,\"d\":637.704,\"a\":[\"x\",2],\"m\":{\"k\":\"v\"},"
                    + "\"trace_id\":\"%s\",\"span_id\":\"%s\",\"severity_text\":\"Error\","
                        .formatted(TRACE, SPAN)
                    + "\"scope\":\"my.library\",\"resource\":{\"host.name\":\"edge-7\"}}");
      }
    }
  }

  @Test
  void theGuidesRequestIsTaken() throws Exception {
    // Given
    String page = Files.readString(Path.of("..", "docs", "guides", "agent-opentelemetry.md"));
    int from = page.indexOf(" -d '") + " -d '".length();
    String body = page.substring(from, page.indexOf('\'', from));
    try (IngestBox box = new IngestBox(dir, "")) {
      // When
      HttpResponse<byte[]> response = send(box, body.getBytes(UTF_8), JSON);

      // Then
      assertThat(response.statusCode()).isEqualTo(200);
      LogEvent event = box.spooled().getFirst();
      assertThat(event.service()).isEqualTo("api");
      assertThat(event.level()).isEqualTo(Level.ERROR);
      assertThat(event.message()).isEqualTo("card refused");
      assertThat(event.meta()).containsEntry("trace_id", TRACE);
    }
  }

  @Test
  void gzipIsUnpackedButNoFurtherThanABodyMayBe() throws Exception {
    try (IngestBox box = new IngestBox(dir, "max-body: 16KiB")) {
      // Given
      byte[] large = request(log(9, "x".repeat(200_000))).toByteArray();

      // When
      HttpResponse<byte[]> good =
          send(box, gzip(example().toByteArray()), PROTOBUF, "Content-Encoding", "gzip");
      HttpResponse<byte[]> bomb = send(box, gzip(large), PROTOBUF, "Content-Encoding", "gzip");
      HttpResponse<byte[]> plain = send(box, large, PROTOBUF);
      HttpResponse<byte[]> none =
          send(box, example().toByteArray(), PROTOBUF, "Content-Encoding", "gzip");

      // Then
      assertThat(good.statusCode()).isEqualTo(200);
      assertThat(bomb.statusCode()).isEqualTo(413);
      assertThat(plain.statusCode()).isEqualTo(413);
      assertThat(none.statusCode()).isEqualTo(400);
      assertThat(new String(none.body(), UTF_8)).contains("the body is no gzip");
      assertThat(box.spooled()).hasSize(1);
    }
  }

  @Test
  void whatIsMissingHasADefault() throws Exception {
    try (IngestBox box = new IngestBox(dir, "service: web")) {
      // When
      HttpResponse<byte[]> response =
          send(box, request(LogRecord.getDefaultInstance()).toByteArray(), PROTOBUF);
      HttpResponse<byte[]> empty = send(box, new byte[0], PROTOBUF);

      // Then
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(empty.statusCode()).isEqualTo(200);
      LogEvent event = box.spooled().getFirst();
      assertThat(event.service()).isEqualTo("web");
      assertThat(event.ts()).isEqualTo(IngestBox.NOW);
      assertThat(event.level()).isEqualTo(Level.INFO);
      assertThat(event.event()).isEqualTo("log");
      assertThat(event.meta()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, DEBUG",
    "8, DEBUG",
    "9, INFO",
    "12, INFO",
    "13, WARNING",
    "16, WARNING",
    "17, ERROR",
    "20, ERROR",
    "21, CRITICAL",
    "24, CRITICAL"
  })
  void severitiesAreLevels(int severity, Level level) throws Exception {
    try (IngestBox box = new IngestBox(dir, "")) {
      // When
      send(box, request(log(severity, "hello")).toByteArray(), PROTOBUF);

      // Then
      assertThat(box.spooled()).extracting(LogEvent::level).containsExactly(level);
    }
  }

  @Test
  void recordsThatCannotBeTakenAreCountedAndTheOthersAre() throws Exception {
    try (IngestBox box = new IngestBox(dir, "")) {
      // Given
      String body =
          """
          {"resourceLogs":[{"scopeLogs":[{"logRecords":[
            {"body":{"stringValue":"good"},"severityNumber":"SEVERITY_NUMBER_WARN"},
            {"timeUnixNano":"tomorrow"}, 7, {"severityNumber":"LOUD"}]}]}]}
          """;

      // When
      HttpResponse<byte[]> response = send(box, body.getBytes(UTF_8), JSON);

      // Then
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(EventCodec.decodeObject(response.body()))
          .containsEntry(
              "partialSuccess",
              Map.of(
                  "rejectedLogRecords",
                  "3",
                  "errorMessage",
                  "timeUnixNano is no count of nanoseconds"));
      assertThat(box.spooled())
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.message()).isEqualTo("good");
                assertThat(event.service()).isEqualTo("unknown_service");
                assertThat(event.level()).isEqualTo(Level.WARNING);
              });
    }
  }

  @Test
  void whoSendsTooMuchIsToldInItsOwnEncodingWhenToComeAgain() throws Exception {
    try (IngestBox box = new IngestBox(dir, "max-rate: 1")) {
      // Given
      LogRecord log = log(9, "hello");
      send(box, request(log, log, log, log, log).toByteArray(), PROTOBUF);

      // When
      HttpResponse<byte[]> response = send(box, request(log).toByteArray(), PROTOBUF);

      // Then: a google.rpc.Status, whose second field is its message
      assertThat(response.statusCode()).isEqualTo(429);
      assertThat(response.headers().firstValue("Retry-After")).isPresent();
      assertThat(response.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
      assertThat(response.body()[0]).isEqualTo((byte) (2 << 3 | 2));
      assertThat(new String(response.body(), 2, response.body().length - 2, UTF_8))
          .startsWith("too many events");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "application/json | [] | 400 | no ExportLogsServiceRequest in JSON",
        "application/json | {\"resourceLogs\":7} | 400 | no ExportLogsServiceRequest in JSON",
        "application/json | {\"a\":1e99999999999} | 400 | a number out of range",
        "application/json | {\"a\": | 400 | no JSON",
        "application/x-protobuf | hello | 400 | no ExportLogsServiceRequest in protobuf",
        "text/plain | hello | 415 | application/x-protobuf or application/json",
      })
  void whatIsNoRequestIsRefused(String type, String body, int status, String problem)
      throws Exception {
    try (IngestBox box = new IngestBox(dir, "")) {
      // When
      HttpResponse<byte[]> response = send(box, body.getBytes(UTF_8), type);

      // Then
      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(new String(response.body(), UTF_8)).contains(problem);
      assertThat(box.spooled()).isEmpty();
    }
  }

  @Test
  void whateverIsSentHasAnAnswer() throws Exception {
    try (IngestBox box = new IngestBox(dir, "max-rate: 1000000")) {
      Random random = new Random(20251210);
      byte[] json = EXAMPLE.getBytes(UTF_8);
      byte[] protobuf = example().toByteArray();
      for (int i = 0; i < 300; i++) {
        // Given
        byte[] good = i % 2 == 0 ? json : protobuf;
        byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length));
        for (int spoilt = random.nextInt(4); spoilt > 0; spoilt--) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
        }

        // When
        HttpResponse<byte[]> response = send(box, bad, i % 2 == 0 ? JSON : PROTOBUF);

        // Then
        assertThat(response.statusCode()).isIn(200, 400);
      }
    }
  }

  private static HttpResponse<byte[]> send(
      IngestBox box, byte[] body, String type, String... headers)
      throws IOException, InterruptedException {
    URI uri = box.uri().resolve("/v1/logs");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static LogRecord log(int severity, String body) {
    return LogRecord.newBuilder()
        .setSeverityNumberValue(severity)
        .setBody(AnyValue.newBuilder().setStringValue(body))
        .build();
  }

  private static ExportLogsServiceRequest request(LogRecord... logs) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(Arrays.asList(logs))))
        .build();
  }

  private static ExportLogsServiceRequest example() {
    AnyValue x = AnyValue.newBuilder().setStringValue("x").build();
    AnyValue two = AnyValue.newBuilder().setIntValue(2).build();
    LogRecord log =
        LogRecord.newBuilder()
            .setTimeUnixNano(1544712660300000000L)
            .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_ERROR)
            .setSeverityText("Error")
            .setUnknownFields(eventName("card_refused"))
            .setBody(AnyValue.newBuilder().setStringValue("Example log record"))
            .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(TRACE)))
            .setSpanId(ByteString.copyFrom(HexFormat.of().parseHex(SPAN)))
            .addAttributes(pair("b", AnyValue.newBuilder().setBoolValue(true)))
            .addAttributes(pair("i", AnyValue.newBuilder().setIntValue(10)))
            .addAttributes(pair("d", AnyValue.newBuilder().setDoubleValue(637.704)))
            .addAttributes(
                pair(
                    "a",
                    AnyValue.newBuilder()
                        .setArrayValue(ArrayValue.newBuilder().addValues(x).addValues(two))))
            .addAttributes(
                pair(
                    "m",
                    AnyValue.newBuilder()
                        .setKvlistValue(
                            KeyValueList.newBuilder()
                                .addValues(pair("k", AnyValue.newBuilder().setStringValue("v"))))))
            .build();
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(
                    Resource.newBuilder()
                        .addAttributes(
                            pair(
                                "service.name", AnyValue.newBuilder().setStringValue("my.service")))
                        .addAttributes(
                            pair("host.name", AnyValue.newBuilder().setStringValue("edge-7"))))
                .addScopeLogs(
                    ScopeLogs.newBuilder()
                        .setScope(InstrumentationScope.newBuilder().setName("my.library"))
                        .addLogRecords(log)))
        .build();
  }

  /** As programs with newer classes send it. */
  private static UnknownFieldSet eventName(String name) {
    return UnknownFieldSet.newBuilder()
        .addField(
            12,
            UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8(name))
                .build())
        .build();
  }

  private static KeyValue pair(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }
}
