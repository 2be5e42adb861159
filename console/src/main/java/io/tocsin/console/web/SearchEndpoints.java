package io.tocsin.console.web;

import io.tocsin.bootstrap.http.Request;
import io.tocsin.bootstrap.http.Response;
import io.tocsin.console.search.Filter;
import io.tocsin.console.search.Order;
import io.tocsin.console.search.Scope;
import io.tocsin.console.search.Search;
import io.tocsin.console.search.SearchRequest;
import io.tocsin.event.Alert;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Answers from OpenSearch that are no log events: telemetry, alert history. */
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
    return Pages.answer(
        "telemetry", search, request("tocsin-telemetry-*", "ts", RECENT, filters, parameters));
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
    return Pages.answer(
        "alerts", search, request("tocsin-alerts-*", "at", HISTORY, filters, parameters));
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
        new Scope(index, time, from, parameters.end("until", from).orElse(null), filters),
        Order.DESC,
        parameters.integer("limit", LIMIT, 1, MAX_LIMIT),
        Pages.cursor(parameters).orElse(null));
  }
}
