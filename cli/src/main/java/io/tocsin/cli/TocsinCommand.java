package io.tocsin.cli;

import io.tocsin.cli.deadletters.DeadLettersCommand;
import io.tocsin.cli.logs.LogsCommand;
import io.tocsin.cli.rules.RulesCommand;
import io.tocsin.cli.services.AgentCommand;
import io.tocsin.cli.services.AlertingCommand;
import io.tocsin.cli.services.ConsoleCommand;
import io.tocsin.cli.services.IndexerCommand;
import io.tocsin.cli.services.NotifierCommand;
import io.tocsin.cli.topics.TopicsCommand;
import io.tocsin.cli.up.UpCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tocsin}: the tree of commands, and what a user sees when one cannot do its work. */
@Command(
    name = "tocsin",
    description = "Takes what the edge says, rings when it must, and makes it searchable.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      RulesCommand.class,
      TopicsCommand.class,
      DeadLettersCommand.class,
      AgentCommand.class,
      AlertingCommand.class,
      IndexerCommand.class,
      NotifierCommand.class,
      ConsoleCommand.class,
      LogsCommand.class,
      CommandLine.HelpCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin up                         the whole platform, with a simulated charging station",
      "  tocsin up --agent agent.yaml      the whole platform on your own devices and logs",
      "  tocsin rules validate rules.yaml  every problem in a rule file, with its line",
      "  tocsin topics plan --bootstrap-servers kafka:9092",
      "",
      "Exit status: 0 well, 1 failed, 2 called or configured wrongly."
    })
public final class TocsinCommand {

  /** Runs a command line and gives its exit status; prints to the process's streams. */
  public static int execute(String... arguments) {
    return execute(new CommandLine(new TocsinCommand()), arguments);
  }

  /** The same for {@code tocsin agent} alone, under the name it has at the edge. */
  static int executeAgent(String... arguments) {
    return execute(new CommandLine(new AgentCommand()).setCommandName("tocsin-agent"), arguments);
  }

  static int execute(PrintWriter out, PrintWriter err, String... arguments) {
    return execute(new CommandLine(new TocsinCommand()).setOut(out).setErr(err), arguments);
  }

  private static int execute(CommandLine line, String... arguments) {
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> Failure.explain(failure, command.getErr()));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    if (arguments.length == 0) {
      line.usage(line.getOut());
      return CommandLine.ExitCode.OK;
    }
    return line.execute(arguments);
  }
}
