package io.tocsin.console.web;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.http.HttpServer;
import io.tocsin.console.change.ChangeDesk;
import io.tocsin.console.live.LiveFeed;
import io.tocsin.console.search.Search;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** All that the console answers. */
public final class ConsoleWeb {

  private final LiveEndpoints live;
  private final LogEndpoints logs;
  private final ExportEndpoint export;
  private final SearchEndpoints search;
  private final SilenceEndpoints silences;
  private final AckEndpoints acks;
  private final Metrics metrics;
  private final StreamEndpoint stream;
  private final Assets assets = new Assets();

  /**
   * Answers nothing yet.
   *
   * @param platform the platform's own services, for the health page
   * @param heartbeat how long the stream stays silent at most
   */
  public ConsoleWeb(
      LiveFeed feed,
      Search search,
      ChangeDesk desk,
      Supplier<? extends Collection<? extends Service>> platform,
      Duration heartbeat,
      Metrics metrics,
      InstantSource clock) {
    this.live = new LiveEndpoints(feed, platform, clock);
    this.logs = new LogEndpoints(search, clock);
    this.export = new ExportEndpoint(search, logs::scope, metrics, clock);
    this.search = new SearchEndpoints(search, clock);
    this.silences = new SilenceEndpoints(feed, desk, clock);
    this.acks = new AckEndpoints(feed, desk, clock);
    this.metrics = metrics;
    this.stream = new StreamEndpoint(feed, heartbeat);
  }

  /**
   * Adds the routes.
   *
   * @param hosts names that the console answers to, besides localhost and addresses in numbers
   */
  public void addTo(HttpServer server, List<String> hosts) {
    new GuardedRoutes(
            server,
            new HostGuard(hosts),
            metrics.counter(
                "tocsin_console_requests", "Requests to the console", "route", "status"))
        .get("/logs/recent", logs::recent)
        .get("/logs/histogram", logs::histogram)
        .get("/logs/counts", logs::counts)
        .get("/logs/context", logs::context)
        .get("/logs/export", export::export)
        .get("/telemetry/recent", search::telemetry)
        .get("/alerts", live::alerts)
        .get("/alerts/history", search::alertHistory)
        .post("/alerts/{fingerprint}/ack", acks::acknowledge)
        .delete("/alerts/{fingerprint}/ack", acks::takeBack)
        .get("/silences", silences::list)
        .post("/silences", silences::create)
        .delete("/silences/{id}", silences::end)
        .get("/system/checks/latest", live::checks)
        .get("/stream", stream::stream)
        .get("/", request -> assets.serve("index.html", request))
        .get("/favicon.ico", request -> assets.serve("favicon.ico", request))
        .get("/assets/{file}", assets::file);
  }
}
