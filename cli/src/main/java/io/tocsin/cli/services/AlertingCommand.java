package io.tocsin.cli.services;

import io.tocsin.alerting.AlertingService;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tocsin alerting}. */
@Command(
    name = "alerting",
    description = "Windows and rules: evaluates alert rules over logs and telemetry.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = AlertingCommand.Run.class)
public final class AlertingCommand {

  /** {@code tocsin alerting run}. */
  @Command(
      name = "run",
      description = "Runs the alerting in the foreground until it is told to stop.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  tocsin alerting run --config /etc/tocsin/tocsin.yaml")
  static final class Run implements Callable<Integer> {

    @Mixin private ServiceOptions options = new ServiceOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
      return ServiceRunner.run(
          options,
          spec.commandLine().getOut(),
          (file, http, metrics) ->
              new AlertingService(file.alerting(), file.kafka(), metrics, Clock.systemUTC()));
    }
  }
}
