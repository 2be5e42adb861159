package io.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Histogram, counts, context and export over what a real station's programs wrote. */
@ExtendWith(Servers.Extension.class)
class LogQuestionsTest {

  private static final List<String> API =
      ChargerData.logs().keySet().stream().filter(id -> id.contains("/api.log/")).toList();

  private static RunningConsole console;

  @BeforeAll
  static void start(Servers servers) {
    ChargerData.indexInto(servers);
    console = RunningConsole.on(servers, Clock.fixed(ChargerData.AFTER, ZoneOffset.UTC), "{}");
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void aHistogramCountsEveryEventAndHasNoGaps() {
    // When
    JsonNode answer =
        console.json(
            "/logs/histogram?since=2025-12-10T09:40:00Z&until=2025-12-10T12:00:00Z&interval=5m");

    // Then
    assertThat(answer.get("total").asInt()).isEqualTo(ChargerData.logs().size());
    assertThat(answer.get("interval").asText()).isEqualTo("5m");
    assertThat(answer.get("bars")).hasSize(28);
    assertThat(answer.at("/bars/0/ts").asText()).isEqualTo("2025-12-10T09:40:00.000Z");
    assertThat(answer.at("/bars/27/ts").asText()).isEqualTo("2025-12-10T11:55:00.000Z");
    long named = 0;
    for (JsonNode bar : answer.get("bars")) {
      for (JsonNode count : bar.get("by")) {
        named += count.asLong();
      }
    }
    assertThat(named).isEqualTo(answer.get("total").asLong());
  }

  @Test
  void anEventFromTheFarFutureMakesNoBars(Servers servers) {
    // Given: a host whose clock is wrong
    servers.index(
        "tocsin-logs-2099.01.01",
        Map.of(
            "future",
            """
            {"ts":"2099-01-01T00:00:00.000Z","service":"future","level":"INFO","event":"e","message":"m","meta":{}}\
            """));

    // When
    JsonNode histogram = console.json("/logs/histogram?since=15m&interval=1s&service=future");
    JsonNode counts = console.json("/logs/counts?since=15m&service=future");
    servers.ask("DELETE", "/tocsin-logs-2099.01.01", "");

    // Then
    assertThat(histogram.get("bars")).hasSize(900);
    assertThat(histogram.get("total").asInt()).isZero();
    assertThat(counts.get("total").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1h,1m", "15m,30s", "6h,10m", "24h,30m", "7d,3h", "30d,12h"})
  void barsAreRoundAndFew(String since, String interval) {
    // When
    JsonNode answer = console.json("/logs/histogram?service=none&since=" + since);

    // Then
    assertThat(answer.get("interval").asText()).isEqualTo(interval);
    assertThat(answer.get("bars").size()).isBetween(1, 62);
  }

  @Test
  void askedForEverAHistogramBeginsWhereTheEventsDo() {
    // When
    JsonNode answer =
        console.json("/logs/histogram?source=api.log&host=edge-01&since=3650d&by=event");

    // Then
    assertThat(answer.get("since").asText()).isEqualTo("2025-12-10T09:46:41.565Z");
    assertThat(answer.get("interval").asText()).isEqualTo("5m");
    assertThat(answer.get("total").asInt()).isEqualTo(API.size());
    assertThat(answer.findValue("by").asText()).isEqualTo("event");
  }

  @Test
  void errorsByServiceAreOneQuestion() {
    // When
    JsonNode answer =
        console.json(
            "/logs/counts?min-level=ERROR&since=2025-12-10T09:00:00Z&until=2025-12-10T12:00:00Z");

    // Then
    assertThat(answer.get("by").asText()).isEqualTo("service");
    assertThat(answer.get("total").asInt()).isEqualTo(17 + 14 + 9);
    assertThat(answer.at("/counts/0").toString()).isEqualTo("{\"value\":\"charger\",\"count\":23}");
    assertThat(answer.at("/counts/1").toString()).isEqualTo("{\"value\":\"api\",\"count\":17}");
    assertThat(answer.get("other").asInt()).isZero();
  }

  @Test
  void whatDoesNotFitIsCountedAsOther() {
    // When
    JsonNode answer = console.json("/logs/counts?min-level=ERROR&since=3h&limit=1");

    // Then
    assertThat(answer.get("counts")).hasSize(1);
    assertThat(answer.get("other").asInt()).isEqualTo(17);
  }

  @Test
  void theEventsOfOneTraceAreFound() {
    // Given
    String trace =
        console
            .json("/logs/recent?service=api&since=3h&until=2025-12-10T12:00:00Z&limit=1")
            .findValue("trace_id")
            .asText();

    // When
    JsonNode events =
        console
            .json("/logs/recent?since=3h&until=2025-12-10T12:00:00Z&limit=1000&trace-id=" + trace)
            .get("events");

    // Then
    assertThat(events.size()).isBetween(2, API.size() - 1);
    events.forEach(event -> assertThat(event.at("/meta/trace_id").asText()).isEqualTo(trace));
  }

  @Test
  void theContextOfALineIsWhatStandsAroundItInItsFile() {
    // When: byte offsets of 4 and 5 digits, in a file whose lines have any length
    JsonNode answer = console.json("/logs/context?before=3&after=4&id=" + encoded(API.get(33)));

    // Then
    assertThat(answer.get("order").asText()).isEqualTo("source");
    assertThat(ids(answer.get("before"))).isEqualTo(API.subList(30, 33));
    assertThat(answer.at("/event/id").asText()).isEqualTo(API.get(33));
    assertThat(ids(answer.get("after"))).isEqualTo(API.subList(34, 38));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 20", "5, 5, 20", "155, 20, 4", "159, 20, 0"})
  void atTheEdgesOfAFileThereIsLess(int place, int before, int after) {
    // When
    JsonNode answer = console.json("/logs/context?id=" + encoded(API.get(place)));

    // Then
    assertThat(ids(answer.get("before"))).isEqualTo(API.subList(place - before, place));
    assertThat(ids(answer.get("after"))).isEqualTo(API.subList(place + 1, place + 1 + after));
  }

  @Test
  void linesStandInTheOrderOfTheSourceWhateverTheirTimesSay(Servers servers) {
    // Given: sequences of 1 to 11 digits, and times that run backwards
    long[] sequences = {3, 9, 10, 99, 100, 2_000_000_000L, 2_000_000_007L, 10_000_000_001L};
    Map<String, String> events = new LinkedHashMap<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < sequences.length; i++) {
      String id = "edge.01/a+b(c)/e-1/" + sequences[i];
      ids.add(id);
      events.put(
          id,
          """
          {"ts":"2026-09-09T10:00:%d.000Z","service":"back","level":"INFO","event":"e","message":"m","meta":{},"id":"%s"}\
          """
              .formatted(50 - i, id));
    }
    servers.index("tocsin-logs-2026.09.09", events);

    // When
    JsonNode middle = console.json("/logs/context?before=10&after=10&id=" + encoded(ids.get(4)));
    JsonNode last = console.json("/logs/context?before=2&id=" + encoded(ids.getLast()));

    // Then
    assertThat(ids(middle.get("before"))).isEqualTo(ids.subList(0, 4));
    assertThat(ids(middle.get("after"))).isEqualTo(ids.subList(5, 8));
    assertThat(ids(last.get("before"))).isEqualTo(ids.subList(5, 7));
  }

  @Test
  void aRecordOfAForeignProducerHasItsNeighboursInTime(Servers servers) {
    // Given
    Map<String, String> events = new LinkedHashMap<>();
    for (int i = 0; i < 9; i++) {
      String service = i == 3 ? "other" : "foreign";
      events.put(
          "tocsin.logs-2-" + i,
          """
          {"ts":"2026-09-10T10:00:0%d.000Z","service":"%s","level":"INFO","event":"e","message":"m","meta":{}}\
          """
              .formatted(i, service));
    }
    servers.index("tocsin-logs-2026.09.10", events);

    // When
    JsonNode answer = console.json("/logs/context?before=2&after=2&id=tocsin.logs-2-4");

    // Then
    assertThat(answer.get("order").asText()).isEqualTo("time");
    assertThat(ids(answer.get("before"))).containsExactly("tocsin.logs-2-1", "tocsin.logs-2-2");
    assertThat(answer.at("/event/id").asText()).isEqualTo("tocsin.logs-2-4");
    assertThat(ids(answer.get("after"))).containsExactly("tocsin.logs-2-5", "tocsin.logs-2-6");
  }

  @Test
  void anExportIsEveryEventOnceOldestFirst() {
    // When
    HttpResponse<String> answer = console.get("/logs/export?since=3h&until=2025-12-10T12:00:00Z");

    // Then
    List<JsonNode> lines = answer.body().lines().map(RunningConsole::parse).toList();
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
    assertThat(answer.headers().firstValue("X-Tocsin-Total"))
        .hasValue(Integer.toString(lines.size()));
    assertThat(lines)
        .extracting(line -> line.get("id").asText())
        .containsExactlyInAnyOrderElementsOf(ChargerData.logs().keySet());
    assertThat(lines).extracting(line -> line.get("ts").asText()).isSorted();
    assertThat(lines.getFirst().toString())
        .isEqualTo(
            RunningConsole.parse(ChargerData.logs().get(lines.getFirst().get("id").asText()))
                .toString());
  }

  @Test
  void anExportOfNothingIsEmptyAndWhole() {
    // When
    HttpResponse<String> answer = console.get("/logs/export?service=nobody&since=3h");

    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-Tocsin-Total")).hasValue("0");
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "histogram?interval=soon         | interval: 'soon' must be a duration such as 30s, 5m or 1d",
        "histogram?interval=10ms         | interval: '10ms' must be between 1s and 365d",
        "histogram?since=7d&interval=1s  | interval: '1s' makes 604800 bars of this time; at most 1000: take 30m or a shorter time",
        "histogram?by=message            | by: 'message' must be one of level, service, event, host",
        "counts?by=id                    | by: 'id' must be one of level, service, event, host",
        "counts?limit=0                  | limit: '0' must be a whole number from 1 to 1000",
        "context                         | id: give the id of an event, as /logs/recent shows it",
        "context?id=a&before=501         | before: '501' must be a whole number from 0 to 500",
        "context?id=a&since=1h           | 'since' is no parameter here; known: id, before, after",
        "export?limit=5                  | 'limit' is no parameter here; known: service, level, min-level, event, host, device, source, id, trace-id, q, since, until",
      })
  void aBadParameterIsRefusedByNameValueAndRemedy(String query, String error) {
    // When
    HttpResponse<String> answer = console.get("/logs/" + query.strip());

    // Then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(RunningConsole.parse(answer.body()).get("error").asText()).isEqualTo(error);
  }

  @Test
  void anEventThatIsNotThereIsSaidToBe() {
    // When
    HttpResponse<String> answer = console.get("/logs/context?id=edge-01/api.log/9f2c/1");

    // Then
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("there is no event 'edge-01/api.log/9f2c/1'");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<String> ids(JsonNode events) {
    List<String> ids = new ArrayList<>();
    events.forEach(event -> ids.add(event.get("id").asText()));
    return ids;
  }
}
