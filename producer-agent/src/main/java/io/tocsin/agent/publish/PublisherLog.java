package io.tocsin.agent.publish;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.topics.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the publisher says and counts. */
final class PublisherLog {

  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  private final CounterDataPoint publishedLogs;
  private final CounterDataPoint publishedTelemetry;
  private final Counter deadLetters;
  private final Counter reconnects;

  PublisherLog(Metrics metrics) {
    Counter counter =
        metrics.counter(
            "tocsin_agent_published_records", "records the broker acknowledged", "topic");
    publishedLogs = counter.labelValues(Topics.LOGS);
    publishedTelemetry = counter.labelValues(Topics.TELEMETRY);
    deadLetters =
        metrics.counter(
            "tocsin_agent_dead_letters", "records the broker would never take", "reason");
    reconnects = metrics.counter("tocsin_agent_reconnects", "connections made anew");
  }

  void published(String topic) {
    (topic.equals(Topics.TELEMETRY) ? publishedTelemetry : publishedLogs).inc();
  }

  long publishedRecords() {
    return (long) (publishedLogs.get() + publishedTelemetry.get());
  }

  void deadLetter(String topic, String reason, int bytes) {
    deadLetters.labelValues(reason).inc();
    LOG.atWarn()
        .addKeyValue("topic", topic)
        .addKeyValue("reason", reason)
        .addKeyValue("bytes", bytes)
        .log("record sent to the dead letters");
  }

  void connecting(String servers) {
    LOG.atInfo().addKeyValue("servers", servers).log("connecting to the broker");
  }

  void connected(String servers) {
    LOG.atInfo().addKeyValue("servers", servers).log("connected to the broker");
  }

  void notConnected(String reason) {
    LOG.atWarn().addKeyValue("reason", reason).log("no connection to the broker yet");
  }

  /** The same trouble over and over would fill the log: what it is stands in the status. */
  void failedAgain(Exception exception) {
    reconnects.inc();
    LOG.atDebug().setCause(exception).log("connection given up again");
  }

  void leftBehind() {
    LOG.atWarn().log("connection hangs and is left behind");
  }

  void failed(Exception exception) {
    reconnects.inc();
    LOG.atWarn().setCause(exception).log("connection given up; it is made anew");
  }
}
