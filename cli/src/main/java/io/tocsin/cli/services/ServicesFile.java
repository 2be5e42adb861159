package io.tocsin.cli.services;

import io.tocsin.alerting.AlertingConfig;
import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import io.tocsin.bootstrap.config.InvalidValueException;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.console.ConsoleConfig;
import io.tocsin.indexer.IndexerConfig;
import io.tocsin.notifier.NotifierConfig;
import org.jspecify.annotations.Nullable;

/** The file that configures the services of a cluster; each service reads the sections it needs. */
public record ServicesFile(
    @Default("{bootstrap-servers: \"127.0.0.1:9092\"}") @Doc("any Kafka client property")
        KafkaSettings kafka,
    @Default("{}") @Doc("where documents go") OpenSearchSettings opensearch,
    @Default("{}") @Doc("where /healthz, /readyz and /metrics are") Ops ops,
    @Default("{state-dir: /var/lib/tocsin/alerting}") @Doc("windows and rules")
        AlertingConfig alerting,
    @Default("{}") @Doc("Kafka to OpenSearch") IndexerConfig indexer,
    @Doc("who is told, and how; Slack when SLACK_WEBHOOK_URL is set, else the terminal")
        @Nullable NotifierConfig notifier,
    @Default("{}") @Doc("the query API and its page") ConsoleConfig console) {

  /** Who is told, when the file does not say. */
  NotifierConfig notifierOrDefault() {
    return notifier == null ? NotifierConfig.byDefault(System::getenv) : notifier;
  }

  /**
   * The process's own HTTP port.
   *
   * @param host the address to listen on
   * @param port 0 for any free one
   */
  public record Ops(
      @Default("127.0.0.1") @Doc("the address to listen on") String host,
      @Default("8080") @Doc("its port; 0 for any free one") int port) {

    public Ops {
      InvalidValueException.require(
          port >= 0 && port <= 65_535, "port", port, "must be between 0 and 65535");
    }
  }
}
