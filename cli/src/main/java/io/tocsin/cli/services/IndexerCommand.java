package io.tocsin.cli.services;

import io.tocsin.cli.indexer.ReindexDays;
import io.tocsin.cli.indexer.SeeToIndices;
import io.tocsin.cli.indexer.SetUpIndices;
import io.tocsin.indexer.IndexerService;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
  static final class Run implements Callable<Integer> {

    @Mixin private ServiceOptions options = new ServiceOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
      return ServiceRunner.run(
          options,
          spec.commandLine().getOut(),
          (file, http, metrics) ->
              new IndexerService(
                  file.indexer(), file.kafka(), file.opensearch(), metrics, Clock.systemUTC()));
    }
  }
}
