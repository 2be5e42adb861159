package io.tocsin.cli.services;

import io.tocsin.alerting.AlertingService;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.http.HttpServer;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine.Command;

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
  static final class Run extends RunService {

    @Override
    Service make(ServicesFile file, HttpServer http, Metrics metrics, PrintWriter out) {
      return new AlertingService(file.alerting(), file.kafka(), metrics, Clock.systemUTC());
    }
  }
}
