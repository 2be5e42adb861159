package io.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
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

@ExtendWith(Servers.Extension.class)
class LogsRecentTest {

  private static final Instant NOW = Instant.parse("2026-11-21T00:10:00Z");
  private static RunningConsole console;

  @BeforeAll
  static void indexEvents(Servers servers) {
    Map<String, String> yesterday = new LinkedHashMap<>();
    put(yesterday, "a", "23:50:00.000", "api", "ERROR", "http_request", "upstream timeout");
    put(yesterday, "b", "23:59:00.000", "api", "CRITICAL", "crash", "out of memory");
    servers.index("tocsin-logs-2026.11.20", yesterday);
    Map<String, String> today = new LinkedHashMap<>();
    today.put(
        "c",
        """
        {"ts":"2026-11-21T00:01:00.000Z","service":"api","level":"WARNING","event":"slow","message":"slow query on orders",
         "meta":{"user_id":"user-17","device":"charger-01","took":3920.10},"host":"edge-01","source":"api.log","id":"c"}\
        """);
    today.put(
        "d",
        """
        {"ts":"2026-11-21T00:02:00.000Z","service":"worker","level":"INFO","event":"cycle","message":"cycle done: upstream answered",
         "meta":{},"host":"edge-02","source":"worker.log","id":"d"}\
        """);
    today.put(
        "foreign-0-42",
        """
        {"ts":"2026-11-21T00:03:00.000Z","service":"ui","level":"ERROR","event":"click","message":"<script>alert(1)</script>","meta":{}}\
        """);
    servers.index("tocsin-logs-2026.11.21", today);
    console = RunningConsole.on(servers, Clock.fixed(NOW, ZoneOffset.UTC), "{}");
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  private static void put(
      Map<String, String> documents,
      String id,
      String time,
      String service,
      String level,
      String event,
      String message) {
    documents.put(
        id,
        """
        {"ts":"2026-11-20T%sZ","service":"%s","level":"%s","event":"%s","message":"%s","meta":{},"host":"edge-01","source":"api.log","id":"%s"}\
        """
            .formatted(time, service, level, event, message, id));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "since=1h                                   | foreign-0-42 d c b a",
        "                                           | foreign-0-42 d c b",
        "since=30m&service=api                      | c b a",
        "since=30m&level=ERROR                      | foreign-0-42 a",
        "since=30m&level=err                        | foreign-0-42 a",
        "since=30m&min-level=ERROR                  | foreign-0-42 b a",
        "since=30m&min-level=warning&service=api    | c b a",
        "since=30m&event=cycle                      | d",
        "since=30m&host=edge-02                     | d",
        "since=30m&source=api.log                   | c b a",
        "since=30m&device=charger-01                | c",
        "since=30m&id=b                             | b",
        "since=30m&q=upstream                       | d a",
        "since=30m&q=upstream+timeout               | a",
        "since=30m&q=user-17                        | c",
        "since=30m&q=crash                          | b",
        "since=30m&q=%22cycle+done%22               | d",
        "since=30m&q=%28%22+OR+%29+%2F              | ''",
        "since=30m&q=nothing-like-this              | ''",
        "since=2026-11-20T23:59:00Z                 | foreign-0-42 d c b",
        "since=2026-11-21T02:59:00%2B03:00          | foreign-0-42 d c b",
        "since=2026-11-21T02:59:00+03:00            | foreign-0-42 d c b",
        "since=30m&until=2026-11-21T00:02:00Z       | c b a",
        "since=30m&until=10m                        | b a",
        "since=30m&limit=2                          | foreign-0-42 d",
        "since=5s                                   | ''",
      })
  void findsWhatWasAskedForNewestFirst(String query, String expected) {
    // When
    JsonNode answer = console.json("/logs/recent?" + (query == null ? "" : query.strip()));

    // Then
    assertThat(ids(answer))
        .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" "));
  }

  @Test
  void anEventComesOutAsItWentIn() {
    // When
    HttpResponse<String> answer = console.get("/logs/recent?since=30m&id=c");

    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(answer.body())
        .isEqualTo(
            """
            {"events":[{"ts":"2026-11-21T00:01:00.000Z","service":"api","level":"WARNING","event":"slow",\
            "message":"slow query on orders","meta":{"user_id":"user-17","device":"charger-01","took":3920.10},\
            "host":"edge-01","source":"api.log","id":"c"}],"next":null}""");
  }

  @Test
  void pagesReachEveryEventOnceEvenWithinOneMillisecond(Servers servers) {
    // Given
    Map<String, String> burst = new LinkedHashMap<>();
    for (int i = 0; i < 25; i++) {
      String id = i % 3 == 0 ? "" : ",\"id\":\"burst-%d\"".formatted(i);
      burst.put(
          "burst-" + i,
          """
          {"ts":"2026-11-10T00:00:00.500Z","service":"bursting","level":"INFO","event":"e","message":"m","meta":{}%s}\
          """
              .formatted(id));
    }
    servers.index("tocsin-logs-2026.11.10", burst);

    // When
    List<String> seen = new ArrayList<>();
    JsonNode page = console.json("/logs/recent?service=bursting&since=30d&limit=4");
    seen.addAll(ids(page));
    while (!page.get("next").isNull()) {
      String next = URLEncoder.encode(page.get("next").asText(), StandardCharsets.UTF_8);
      page = console.json("/logs/recent?service=bursting&since=30d&limit=4&after=" + next);
      seen.addAll(ids(page));
    }

    // Then
    assertThat(seen).hasSize(25).containsExactlyInAnyOrderElementsOf(burst.keySet());
    assertThat(seen.getFirst()).isEqualTo("burst-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "since=15            | since: '15' must be a duration such as 15m or 2h, or an RFC 3339 time",
        "since=2026-11-21    | since: '2026-11-21' must be a duration such as 15m or 2h, or an RFC 3339 time",
        "since=2026-11-21T00 | since: '2026-11-21T00' must be a duration such as 15m or 2h, or an RFC 3339 time",
        "since=99999w        | since: '99999w' must be at most 36500d",
        "since=999999999999w | since: '999999999999w' must be at most 36500d",
        "until=soon          | until: 'soon' must be a duration such as 15m or 2h, or an RFC 3339 time",
        "since=2026-11-21T10:00:00Z&until=2026-11-21T10:00:00Z | until: '2026-11-21T10:00:00Z' must be later than since, 2026-11-21T10:00:00.000Z",
        "level=LOUD          | level: 'LOUD' must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL",
        "min-level=9         | min-level: '9' must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL",
        "level=INFO&min-level=INFO | level and min-level do not go together: give one of them",
        "limit=0             | limit: '0' must be a whole number from 1 to 1000",
        "limit=1001          | limit: '1001' must be a whole number from 1 to 1000",
        "limit=ten           | limit: 'ten' must be a whole number from 1 to 1000",
        "after=here          | after: 'here' must be the 'next' of the page before",
        "sevice=api          | 'sevice' is no parameter here; known: service, level, min-level, event, host, device, source, id, trace-id, q, since, until, limit, after",
      })
  void aBadParameterIsRefusedByNameValueAndRule(String query, String error) {
    // When
    HttpResponse<String> answer = console.get("/logs/recent?" + query.strip());

    // Then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(RunningConsole.parse(answer.body()).get("error").asText()).isEqualTo(error);
  }

  @Test
  void aValueOfEndlessLengthIsRefused() {
    // When
    HttpResponse<String> answer = console.get("/logs/recent?q=" + "x".repeat(501));

    // Then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("must be at most 500 characters");
  }

  private static List<String> ids(JsonNode answer) {
    List<String> ids = new ArrayList<>();
    answer.get("events").forEach(event -> ids.add(event.get("id").asText()));
    return ids;
  }
}
