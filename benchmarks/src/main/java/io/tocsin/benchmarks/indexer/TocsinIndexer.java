package io.tocsin.benchmarks.indexer;

import io.tocsin.benchmarks.Sample;
import io.tocsin.benchmarks.Sample.Meter;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.indexer.IndexerConfig;
import io.tocsin.indexer.IndexerService;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;

/** The indexer as it is deployed, with all defaults. */
record TocsinIndexer(KafkaSettings kafka, URI search, long records) implements Contestant {

  @Override
  public Sample run(String pass, Meter meter) throws IOException, InterruptedException {
    IndexerConfig config =
        ConfigReader.read("bench", "{ group: " + pass + ", replicas: 0 }", IndexerConfig.class);
    OpenSearchSettings settings =
        ConfigReader.read("bench", "{ urls: [\"" + search + "\"] }", OpenSearchSettings.class);
    try (IndexerService indexer =
        new IndexerService(config, kafka, settings, new Metrics(), Clock.systemUTC())) {
      indexer.start();
      while (!indexer.readiness().ready()) {
        Thread.sleep(1);
      }
      meter.begin();
      while (indexer.status().indexed() + indexer.status().duplicates() < records) {
        Thread.sleep(20); // asking takes CPU time that is counted
      }
      return meter.end(records);
    }
  }
}
