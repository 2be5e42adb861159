package io.tocsin.console;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Readiness;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.bootstrap.http.HttpServer;
import io.tocsin.console.change.ChangeDesk;
import io.tocsin.console.live.LiveFeed;
import io.tocsin.console.search.Search;
import io.tocsin.console.web.ConsoleWeb;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * The console: a query API, a stream of events and a page, on a server that others may share. It
 * reads, and changes nothing but silences and acknowledgements. Searches are answered with 503
 * while OpenSearch is away, the rest goes on.
 */
public final class ConsoleService implements Service {

  private final LiveFeed feed;
  private final Search search;

  /** A console that knows nothing of the platform's other services. */
  public ConsoleService(
      ConsoleConfig config,
      KafkaSettings kafka,
      OpenSearchSettings openSearch,
      HttpServer server,
      Metrics metrics,
      Clock clock) {
    this(config, kafka, openSearch, server, metrics, clock, List::of);
  }

  /**
   * Adds its routes to the server at once; they answer with 503 until it has started.
   *
   * @param platform the platform's own services, whose readiness the health page shows
   */
  public ConsoleService(
      ConsoleConfig config,
      KafkaSettings kafka,
      OpenSearchSettings openSearch,
      HttpServer server,
      Metrics metrics,
      Clock clock,
      Supplier<? extends Collection<? extends Service>> platform) {
    this.feed =
        new LiveFeed(
            kafka, config.alertsKept(), config.watchers(), config.streamQueue(), metrics, clock);
    this.search = new Search(openSearch, config.searchTimeout());
    new ConsoleWeb(
            feed, search, new ChangeDesk(kafka), platform, config.heartbeat(), metrics, clock)
        .addTo(server, config.hosts());
  }

  @Override
  public String name() {
    return "console";
  }

  @Override
  public void start() {
    feed.start();
  }

  @Override
  public Readiness readiness() {
    return feed.readiness();
  }

  @Override
  public void close() {
    feed.close();
    search.close();
  }
}
