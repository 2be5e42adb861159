package io.tocsin.benchmarks;

import io.tocsin.benchmarks.agent.AgentBenchmark;
import io.tocsin.benchmarks.alerting.AlertingBenchmark;
import io.tocsin.benchmarks.indexer.IndexerBenchmark;
import io.tocsin.benchmarks.notifier.NotifierBenchmark;
import io.tocsin.benchmarks.search.SearchBenchmark;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tocsin bench}: its own entry, so that the application carries none of it. */
@Command(
    name = "tocsin bench",
    description = "Measures Tocsin against the limit and against others, in one run.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "NAME",
    subcommands = {
      AgentBenchmark.class,
      AlertingBenchmark.class,
      IndexerBenchmark.class,
      NotifierBenchmark.class,
      SearchBenchmark.class,
      CommandLine.HelpCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin bench agent --lines 200000",
      "  tocsin bench alerting --output json",
      "  tocsin bench indexer --output json",
      "  tocsin bench notifier --output json",
      "  tocsin bench search --documents 3000000 --output json"
    })
public final class Benchmarks {

  private Benchmarks() {}

  /** Runs one benchmark and exits with its status. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Benchmarks());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    if (arguments.length == 0) {
      line.usage(line.getOut());
      System.exit(CommandLine.ExitCode.OK);
    }
    System.exit(line.execute(arguments));
  }
}
