package io.tocsin.benchmarks.indexer;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.indexer.IndexerConfig;
import io.tocsin.indexer.IndexerService;
import java.net.URI;
import java.time.Clock;

/** The indexer as it is deployed, with all defaults. */
record TocsinIndexer(KafkaSettings kafka, URI search, long records) implements Contestant {

  @Override
  public void run(String pass) throws InterruptedException {
    IndexerConfig config =
        ConfigReader.read("bench", "{ group: " + pass + ", replicas: 0 }", IndexerConfig.class);
    OpenSearchSettings settings =
        ConfigReader.read("bench", "{ urls: [\"" + search + "\"] }", OpenSearchSettings.class);
    try (IndexerService indexer =
        new IndexerService(config, kafka, settings, new Metrics(), Clock.systemUTC())) {
      indexer.start();
      while (indexer.status().indexed() + indexer.status().duplicates() < records) {
        Thread.sleep(5);
      }
    }
  }
}
