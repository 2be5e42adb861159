package io.tocsin.console.live;

import io.prometheus.metrics.core.metrics.Counter;
import io.tocsin.bootstrap.Metrics;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the feed counts and logs. */
final class FeedMetrics {

  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);

  private final Metrics metrics;
  private final Counter dropped;
  private final Counter skipped;
  private final Counter malformed;
  private final Counter evicted;

  FeedMetrics(Metrics metrics) {
    this.metrics = metrics;
    dropped =
        metrics.counter(
            "tocsin_console_stream_dropped", "Events that slow watchers of the stream lost");
    skipped =
        metrics.counter(
            "tocsin_console_stream_skipped",
            "Events that the stream left out: errors over its rate, measurements between two that are"
                + " shown, whatever was too far behind",
            "why");
    malformed =
        metrics.counter(
            "tocsin_console_malformed_records", "Records that could not be read", "topic");
    evicted =
        metrics.counter(
            "tocsin_console_alerts_evicted", "Alerts that the view in memory has no room for");
  }

  void watching(IntSupplier clients) {
    metrics.gauge("tocsin_console_stream_clients", "Who watches the stream now", clients::getAsInt);
  }

  void alertsHeld(IntSupplier alerts) {
    metrics.gauge("tocsin_console_alerts", "Alerts in the view in memory", alerts::getAsInt);
  }

  void dropped(long events) {
    dropped.inc(events);
  }

  void skippedByRate() {
    skipped.labelValues("rate").inc();
  }

  void skippedBySampling() {
    skipped.labelValues("sampling").inc();
  }

  void skippedByLag(long records) {
    skipped.labelValues("lag").inc(records);
    LOG.atInfo().addKeyValue("records", records).log("stream lagged and went on at the end");
  }

  void malformed(String topic) {
    malformed.labelValues(topic).inc();
  }

  void evicted(int alerts) {
    evicted.inc(alerts);
  }

  void caughtUp(int alerts, int services) {
    LOG.atInfo()
        .addKeyValue("alerts", alerts)
        .addKeyValue("services", services)
        .log("live views complete");
  }

  void failed(RuntimeException failure) {
    LOG.atWarn().setCause(failure).log("live feed interrupted, it begins anew");
  }
}
