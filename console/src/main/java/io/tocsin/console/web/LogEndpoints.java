package io.tocsin.console.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.bootstrap.http.HttpProblem;
import io.tocsin.bootstrap.http.Request;
import io.tocsin.bootstrap.http.Response;
import io.tocsin.console.search.Counts;
import io.tocsin.console.search.Histogram;
import io.tocsin.console.search.Order;
import io.tocsin.console.search.Scope;
import io.tocsin.console.search.Search;
import io.tocsin.console.search.SearchPage;
import io.tocsin.console.search.SearchRequest;
import io.tocsin.console.search.SearchUnavailableException;
import io.tocsin.console.search.Surroundings;
import io.tocsin.event.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Questions about log events: which, how many when, how many of each, what stands around one. */
final class LogEndpoints {

  private static final List<String> FIELDS = List.of("level", "service", "event", "host");
  private static final int LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;
  private static final int LINES = 20;
  private static final int MAX_LINES = 500;

  private final Search search;
  private final InstantSource clock;

  LogEndpoints(Search search, InstantSource clock) {
    this.search = search;
    this.clock = clock;
  }

  Response recent(Request request) throws InterruptedException {
    LogQuery query = LogQuery.of(request, clock.instant(), "limit", "after");
    int limit = query.parameters().integer("limit", LIMIT, 1, MAX_LIMIT);
    SearchRequest wanted =
        new SearchRequest(
            query.scope(), Order.DESC, limit, Pages.cursor(query.parameters()).orElse(null));
    return Pages.answer("events", search, wanted);
  }

  Response histogram(Request request) throws InterruptedException {
    LogQuery query = LogQuery.of(request, clock.instant(), "by", "interval");
    String by = query.parameters().oneOf("by", FIELDS, "level");
    try {
      Instant since = begin(query);
      Duration step = Steps.of(query.parameters(), Duration.between(since, query.until()));
      Histogram histogram =
          search.histogram(
              query.scope().between(since, query.until()), since, query.until(), step, by);
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("since", Timestamps.format(since));
      body.put("until", Timestamps.format(query.until()));
      body.put("interval", Steps.text(step)).put("by", by);
      body.put("total", histogram.bars().stream().mapToLong(Histogram.Bar::count).sum());
      ArrayNode bars = body.putArray("bars");
      histogram.bars().forEach(bar -> bars.add(json(bar)));
      return Pages.json(body, histogram.partial());
    } catch (SearchUnavailableException e) {
      throw Pages.unavailable(e);
    }
  }

  /** An open beginning is where the first event stands: years without any need no bars. */
  private Instant begin(LogQuery query) throws SearchUnavailableException, InterruptedException {
    if (query.parameters().text("interval").isPresent()
        || Duration.between(query.since(), query.until()).compareTo(Duration.ofDays(2)) < 0) {
      return query.since();
    }
    SearchPage oldest = search.find(new SearchRequest(query.scope(), Order.ASC, 1, null));
    return oldest.next().map(cursor -> cursor.time()).orElse(query.since());
  }

  private static ObjectNode json(Histogram.Bar bar) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ts", Timestamps.format(bar.start())).put("count", bar.count());
    ObjectNode by = json.putObject("by");
    bar.by().forEach(by::put);
    return json;
  }

  Response counts(Request request) throws InterruptedException {
    LogQuery query = LogQuery.of(request, clock.instant(), "by", "limit");
    String by = query.parameters().oneOf("by", FIELDS, "service");
    int limit = query.parameters().integer("limit", LIMIT, 1, MAX_LIMIT);
    try {
      Counts counts = search.counts(query.scope().between(query.since(), query.until()), by, limit);
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("since", Timestamps.format(query.since()));
      body.put("until", Timestamps.format(query.until()));
      body.put("by", by).put("total", counts.total());
      ArrayNode values = body.putArray("counts");
      for (Map.Entry<String, Long> count : counts.counts().entrySet()) {
        values.addObject().put("value", count.getKey()).put("count", count.getValue());
      }
      body.put("other", counts.other());
      return Pages.json(body, counts.partial());
    } catch (SearchUnavailableException e) {
      throw Pages.unavailable(e);
    }
  }

  Response context(Request request) throws InterruptedException {
    Parameters parameters = Parameters.of(request, clock.instant(), "id", "before", "after");
    String id =
        parameters
            .text("id")
            .orElseThrow(
                () ->
                    new HttpProblem(400, "id: give the id of an event, as /logs/recent shows it"));
    int before = parameters.integer("before", LINES, 0, MAX_LINES);
    int after = parameters.integer("after", LINES, 0, MAX_LINES);
    try {
      Surroundings found =
          search
              .around(id, before, after)
              .orElseThrow(
                  () ->
                      new HttpProblem(
                          404, "there is no event '" + id + "'; its index may have been deleted"));
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("order", found.bySource() ? "source" : "time");
      body.set("before", array(found.before()));
      body.set("event", found.event());
      body.set("after", array(found.after()));
      return Answers.json(body);
    } catch (SearchUnavailableException e) {
      throw Pages.unavailable(e);
    }
  }

  private static ArrayNode array(Collection<ObjectNode> documents) {
    return JsonNodeFactory.instance.arrayNode().addAll(documents);
  }

  /** Which events an export holds. */
  Scope scope(Request request) {
    return LogQuery.of(request, clock.instant()).scope();
  }
}
