package io.tocsin.console.web;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.http.HttpServer;
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
  private final SearchEndpoints search;
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
      Supplier<? extends Collection<? extends Service>> platform,
      Duration heartbeat,
      InstantSource clock) {
    this.live = new LiveEndpoints(feed, platform, clock);
    this.search = new SearchEndpoints(search, clock);
    this.stream = new StreamEndpoint(feed, heartbeat);
  }

  /**
   * Adds the routes.
   *
   * @param hosts names that the console answers to, besides localhost and addresses in numbers
   */
  public void addTo(HttpServer server, List<String> hosts, Metrics metrics) {
    new GuardedRoutes(
            server,
            new HostGuard(hosts),
            metrics.counter(
                "tocsin_console_requests", "Requests to the console", "route", "status"))
        .get("/logs/recent", search::logs)
        .get("/telemetry/recent", search::telemetry)
        .get("/alerts", live::alerts)
        .get("/alerts/history", search::alertHistory)
        .get("/system/checks/latest", live::checks)
        .get("/stream", stream::stream)
        .get("/", request -> assets.serve("index.html", request))
        .get("/favicon.ico", request -> assets.serve("favicon.ico", request))
        .get("/assets/{file}", assets::file);
  }
}
