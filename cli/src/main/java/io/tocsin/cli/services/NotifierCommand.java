package io.tocsin.cli.services;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.http.HttpServer;
import io.tocsin.cli.notifier.PreviewNotification;
import io.tocsin.cli.notifier.RoutesCommand;
import io.tocsin.cli.notifier.SendTest;
import io.tocsin.cli.notifier.ValidateNotifier;
import io.tocsin.notifier.NotifierService;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine.Command;

/** {@code tocsin notifier}. */
@Command(
    name = "notifier",
    description = "Tells people and systems of alerts.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      NotifierCommand.Run.class,
      ValidateNotifier.class,
      RoutesCommand.class,
      PreviewNotification.class,
      SendTest.class
    })
public final class NotifierCommand {

  /** {@code tocsin notifier run}. */
  @Command(
      name = "run",
      description = "Runs the notifier in the foreground until it is told to stop.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  tocsin notifier run --config /etc/tocsin/tocsin.yaml")
  static final class Run extends RunService {

    @Override
    Service make(ServicesFile file, HttpServer http, Metrics metrics, PrintWriter out) {
      return new NotifierService(
          file.notifierOrDefault(), file.kafka(), metrics, Clock.systemUTC(), out::println);
    }
  }
}
