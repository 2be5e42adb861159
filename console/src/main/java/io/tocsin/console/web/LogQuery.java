package io.tocsin.console.web;

import io.tocsin.bootstrap.http.HttpProblem;
import io.tocsin.bootstrap.http.Request;
import io.tocsin.console.search.Filter;
import io.tocsin.console.search.Scope;
import io.tocsin.event.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which log events a request is about: the parameters that all questions about logs share.
 *
 * @param parameters the request's
 * @param since from then on
 * @param until until before then; now when nothing is said
 * @param scope the same as a question, open at its end unless one was asked for
 */
record LogQuery(Parameters parameters, Instant since, Instant until, Scope scope) {

  private static final Duration RECENT = Duration.ofMinutes(15);

  /** Where the programs that we know put the id of a trace. */
  private static final List<String> TRACE =
      List.of("meta.trace_id", "meta.traceId", "meta.trace.id", "meta.request_id");

  private static final List<String> SHARED =
      List.of(
          "service",
          "level",
          "min-level",
          "event",
          "host",
          "device",
          "source",
          "id",
          "trace-id",
          "q",
          "since",
          "until");

  /** Reads them; {@code more} are the names that this question knows besides. */
  static LogQuery of(Request request, Instant now, String... more) {
    Parameters parameters =
        Parameters.of(
            request,
            now,
            Stream.concat(SHARED.stream(), Arrays.stream(more)).toArray(String[]::new));
    Instant since = parameters.time("since", RECENT);
    Optional<Instant> until = parameters.end("until", since);
    Scope scope = new Scope("tocsin-logs-*", "ts", since, until.orElse(null), filters(parameters));
    Instant end = until.orElse(now);
    return new LogQuery(parameters, since, end.isAfter(since) ? end : since.plusMillis(1), scope);
  }

  private static List<Filter> filters(Parameters parameters) {
    List<Filter> filters = new ArrayList<>();
    for (String field : List.of("service", "event", "host", "source", "id")) {
      parameters
          .text(field)
          .ifPresent(value -> filters.add(new Filter.OneOf(field, List.of(value))));
    }
    parameters
        .text("device")
        .ifPresent(device -> filters.add(new Filter.OneOf("meta.device", List.of(device))));
    parameters.text("trace-id").ifPresent(trace -> filters.add(new Filter.AnyOf(TRACE, trace)));
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
    return filters;
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
}
