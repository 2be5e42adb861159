package io.tocsin.cli.services;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.http.HttpServer;
import io.tocsin.cli.indexer.ReindexDays;
import io.tocsin.cli.indexer.SeeToIndices;
import io.tocsin.cli.indexer.SetUpIndices;
import io.tocsin.indexer.IndexerService;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine.Command;

/** {@code tocsin indexer}. */
@Command(
    name = "indexer",
    description = "Loads logs, telemetry and alerts into OpenSearch.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      IndexerCommand.Run.class,
      SetUpIndices.class,
      SeeToIndices.class,
      ReindexDays.class
    })
public final class IndexerCommand {

  /** {@code tocsin indexer run}. */
  @Command(
      name = "run",
      description = "Runs the indexer in the foreground until it is told to stop.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  tocsin indexer run --config /etc/tocsin/tocsin.yaml")
  static final class Run extends RunService {

    @Override
    Service make(ServicesFile file, HttpServer http, Metrics metrics, PrintWriter out) {
      return new IndexerService(
          file.indexer(), file.kafka(), file.opensearch(), metrics, Clock.systemUTC());
    }
  }
}
