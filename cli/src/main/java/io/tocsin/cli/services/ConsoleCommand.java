package io.tocsin.cli.services;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.http.HttpServer;
import io.tocsin.console.ConsoleService;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine.Command;

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
  static final class Run extends RunService {

    @Override
    Service make(ServicesFile file, HttpServer http, Metrics metrics, PrintWriter out) {
      return new ConsoleService(
          file.console(), file.kafka(), file.opensearch(), http, metrics, Clock.systemUTC());
    }
  }
}
