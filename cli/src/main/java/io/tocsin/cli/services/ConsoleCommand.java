package io.tocsin.cli.services;

import io.tocsin.console.ConsoleService;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tocsin console}. */
@Command(
    name = "console",
    description = "The query API and the page with health, alerts and errors.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ConsoleCommand.Run.class)
public final class ConsoleCommand {

  /** {@code tocsin console run}. */
  @Command(
      name = "run",
      description = "Runs the console in the foreground until it is told to stop.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  tocsin console run --config /etc/tocsin/tocsin.yaml")
  static final class Run implements Callable<Integer> {

    @Mixin private ServiceOptions options = new ServiceOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
      return ServiceRunner.run(
          options,
          spec.commandLine().getOut(),
          (file, http, metrics) ->
              new ConsoleService(
                  file.console(),
                  file.kafka(),
                  file.opensearch(),
                  http,
                  metrics,
                  Clock.systemUTC()));
    }
  }
}
