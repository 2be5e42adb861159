package io.tocsin.cli.services;

import io.tocsin.cli.notifier.PreviewNotification;
import io.tocsin.cli.notifier.RoutesCommand;
import io.tocsin.cli.notifier.SendTest;
import io.tocsin.cli.notifier.ValidateNotifier;
import io.tocsin.notifier.NotifierService;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
  static final class Run implements Callable<Integer> {

    @Mixin private ServiceOptions options = new ServiceOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
      PrintWriter out = spec.commandLine().getOut();
      return ServiceRunner.run(
          options,
          out,
          (file, http, metrics) ->
              new NotifierService(
                  file.notifierOrDefault(),
                  file.kafka(),
                  metrics,
                  Clock.systemUTC(),
                  out::println));
    }
  }
}
