package io.tocsin.console.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.bootstrap.http.HttpProblem;
import io.tocsin.bootstrap.http.Request;
import io.tocsin.bootstrap.http.Response;
import io.tocsin.console.search.Cursor;
import io.tocsin.console.search.Filter;
import io.tocsin.console.search.Search;
import io.tocsin.console.search.SearchPage;
import io.tocsin.console.search.SearchRequest;
import io.tocsin.console.search.SearchUnavailableException;
import io.tocsin.event.Alert;
import io.tocsin.event.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Answers from OpenSearch: log events, telemetry, alert history. */
final class SearchEndpoints {

  private static final Duration RECENT = Duration.ofMinutes(15);
  private static final Duration HISTORY = Duration.ofDays(7);
  private static final int LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  private final Search search;
  private final InstantSource clock;

  SearchEndpoints(Search search, InstantSource clock) {
    this.search = search;
    this.clock = clock;
  }

  Response logs(Request request) throws InterruptedException {
    Parameters parameters =
        Parameters.of(
            request,
            clock.instant(),
            "service",
            "level",
            "min-level",
            "event",
            "host",
            "device",
            "source",
            "id",
            "q",
            "since",
            "until",
            "limit",
            "after");
    List<Filter> filters = equalTo(parameters, "service", "event", "host", "source", "id");
    parameters
        .text("device")
        .ifPresent(device -> filters.add(new Filter.OneOf("meta.device", List.of(device))));
    levels(parameters)
        .ifPresent(
            levels ->
                filters.add(new Filter.OneOf("level", levels.stream().map(Level::name).toList())));
    parameters
        .text("q")
        .ifPresent(
            text ->
                filters.add(
                    new Filter.FreeText(text, List.of("message", "event", "service"), "meta")));
    return answer("events", request("tocsin-logs-*", "ts", RECENT, filters, parameters));
  }

  private static Optional<List<Level>> levels(Parameters parameters) {
    Optional<Level> exact = parameters.level("level");
    Optional<Level> least = parameters.level("min-level");
    if (exact.isPresent() && least.isPresent()) {
      throw new HttpProblem(400, "level and min-level do not go together: give one of them");
    }
    return exact
        .map(List::of)
        .or(
            () ->
                least.map(
                    level ->
                        Arrays.stream(Level.values())
                            .filter(one -> one.compareTo(level) >= 0)
                            .toList()));
  }

  Response telemetry(Request request) throws InterruptedException {
    Parameters parameters =
        Parameters.of(
            request,
            clock.instant(),
            "service",
            "device",
            "kind",
            "host",
            "since",
            "until",
            "limit",
            "after");
    List<Filter> filters = equalTo(parameters, "service", "device", "kind", "host");
    return answer("telemetry", request("tocsin-telemetry-*", "ts", RECENT, filters, parameters));
  }

  Response alertHistory(Request request) throws InterruptedException {
    Parameters parameters =
        Parameters.of(
            request,
            clock.instant(),
            "rule",
            "fingerprint",
            "status",
            "severity",
            "since",
            "until",
            "limit",
            "after");
    List<Filter> filters = equalTo(parameters, "rule", "fingerprint");
    parameters.choice("status", Alert.Status.class).ifPresent(s -> filters.add(lower("status", s)));
    parameters
        .choice("severity", Alert.Severity.class)
        .ifPresent(s -> filters.add(lower("severity", s)));
    return answer("alerts", request("tocsin-alerts-*", "at", HISTORY, filters, parameters));
  }

  private static Filter lower(String field, Enum<?> value) {
    return new Filter.OneOf(field, List.of(value.name().toLowerCase(Locale.ROOT)));
  }

  private static List<Filter> equalTo(Parameters parameters, String... fields) {
    List<Filter> filters = new ArrayList<>();
    for (String field : fields) {
      parameters
          .text(field)
          .ifPresent(value -> filters.add(new Filter.OneOf(field, List.of(value))));
    }
    return filters;
  }

  private static SearchRequest request(
      String index, String time, Duration since, List<Filter> filters, Parameters parameters) {
    Instant from = parameters.time("since", since);
    return new SearchRequest(
        index,
        time,
        from,
        parameters.end("until", from).orElse(null),
        filters,
        parameters.integer("limit", LIMIT, 1, MAX_LIMIT),
        parameters.text("after").map(SearchEndpoints::cursor).orElse(null));
  }

  private static Cursor cursor(String text) {
    return Cursor.parse(text)
        .orElseThrow(
            () -> Parameters.refusal("after", text, "must be the 'next' of the page before"));
  }

  private Response answer(String name, SearchRequest request) throws InterruptedException {
    try {
      SearchPage page = search.find(request);
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      ArrayNode documents = body.putArray(name);
      page.documents().forEach(documents::add);
      body.put("next", page.next().map(Cursor::text).orElse(null));
      return Answers.json(body);
    } catch (SearchUnavailableException e) {
      throw new HttpProblem(503, String.valueOf(e.getMessage()));
    }
  }
}
