package io.tocsin.console;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import java.time.Duration;
import java.util.List;

/**
 * The console's part of a configuration.
 *
 * @param hosts names that it answers to, besides localhost and addresses in numbers
 * @param searchTimeout how long OpenSearch may take for an answer
 * @param alertsKept how many alerts it holds in memory at most; resolved ones leave first
 * @param watchers how many may watch the stream at once
 * @param streamQueue how many events wait for a slow watcher before it loses the oldest
 * @param heartbeat how long the stream stays silent at most
 */
public record ConsoleConfig(
    @Default("[]") @Doc("names it answers to, besides localhost and addresses in numbers")
        List<String> hosts,
    @Default("10s") @Doc("how long OpenSearch may take for an answer") Duration searchTimeout,
    @Default("10000") @Doc("how many alerts are held in memory; resolved ones leave first")
        int alertsKept,
    @Default("64") @Doc("how many may watch the stream at once") int watchers,
    @Default("256") @Doc("how many events wait for a slow watcher before it loses the oldest")
        int streamQueue,
    @Default("15s") @Doc("how long the stream stays silent at most") Duration heartbeat) {

  public ConsoleConfig {
    positive("search-timeout", searchTimeout, Duration.ofMinutes(5));
    positive("heartbeat", heartbeat, Duration.ofMinutes(5));
    between("alerts-kept", alertsKept, 100, 1_000_000);
    between("watchers", watchers, 1, 10_000);
    between("stream-queue", streamQueue, 16, 10_000);
    for (String host : hosts) {
      require(
          host.matches("[A-Za-z0-9._-]+"),
          "hosts",
          host,
          "must be names such as tocsin.example.org");
    }
    hosts = List.copyOf(hosts);
  }

  private static void positive(String key, Duration value, Duration most) {
    require(
        value.toMillis() >= 100 && value.compareTo(most) <= 0,
        key,
        value,
        "must be between 100ms and 5m");
  }

  private static void between(String key, int value, int least, int most) {
    require(value >= least && value <= most, key, value, "must be from " + least + " to " + most);
  }
}
