package io.tocsin.faults;

import io.tocsin.faults.agent.AgentCampaign;
import io.tocsin.faults.alerting.AlertingCampaign;
import io.tocsin.faults.indexer.IndexerCampaign;
import io.tocsin.faults.notifier.NotifierCampaign;
import io.tocsin.faults.platform.PlatformCampaign;
import io.tocsin.faults.serial.SerialCampaign;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tocsin faults}: its own entry, so that the application carries none of it. */
@Command(
    name = "tocsin faults",
    description = "Breaks Tocsin on purpose, again and again, and counts what is left.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "NAME",
    subcommands = {
      AgentCampaign.class,
      AlertingCampaign.class,
      IndexerCampaign.class,
      NotifierCampaign.class,
      PlatformCampaign.class,
      SerialCampaign.class,
      CommandLine.HelpCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin faults agent --rounds 24 --seed 7",
      "  tocsin faults alerting --rounds 30 --seed 7",
      "  tocsin faults indexer --rounds 20 --seed 7",
      "  tocsin faults notifier --rounds 50 --seed 7",
      "  tocsin faults platform --rounds 30 --seed 7",
      "  tocsin faults serial --cycles 200 --seed 7"
    })
public final class Faults {

  private Faults() {}

  /** Runs one campaign and exits with 0 when nothing was lost or doubled, else with 1. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Faults());
    if (arguments.length == 0) {
      line.usage(line.getOut());
      System.exit(CommandLine.ExitCode.OK);
    }
    System.exit(line.execute(arguments));
  }
}
