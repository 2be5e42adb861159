package io.tocsin.cli.rules;

import io.tocsin.alerting.prove.Recording;
import io.tocsin.alerting.prove.Replay;
import io.tocsin.alerting.prove.RuleTestResult;
import io.tocsin.alerting.prove.RuleTests;
import io.tocsin.alerting.prove.TransitionLines;
import io.tocsin.alerting.rule.RuleSet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin rules}. */
@Command(
    name = "rules",
    description = "Alert rules: validated, tested, run over a recording, and put in force.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RulesCommand.Validate.class,
      RulesCommand.Test.class,
      RulesCommand.Backtest.class,
      ApplyRules.class,
      ListRules.class,
      SilenceAlerts.class,
      ListSilences.class,
      UnsilenceAlerts.class
    })
public final class RulesCommand {

  /** {@code tocsin rules validate}. */
  @Command(
      name = "validate",
      description = "Checks rule files; every problem with its line. Exit status 0 or 2.",
      mixinStandardHelpOptions = true)
  static final class Validate implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "rule files")
    private List<Path> files = List.of();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      int count = RuleSet.read(files).rules().size();
      spec.commandLine().getOut().println("good, " + count + (count == 1 ? " rule" : " rules"));
      return 0;
    }
  }

  /** {@code tocsin rules test}. */
  @Command(
      name = "test",
      description = {
        "Runs tests written beside rules: events in, transitions expected.",
        "Exit status 0 when all pass, 1 when one fails, 2 when one cannot be read."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nA test:%n",
      footer = {
        "  rules: my-rules.yaml",
        "  events:",
        "    - { ts: '2025-12-10T12:00:00Z', service: api, level: ERROR }",
        "  expect:",
        "    - { at: '2025-12-10T12:00:00Z', rule: api-error, status: firing, value: 1 }",
        "  until: '2025-12-10T13:00:00Z'"
      })
  static final class Test implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "test files")
    private List<Path> files = List.of();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      List<RuleTestResult> results = RuleTests.run(files);
      results.forEach(result -> out.println(result.report()));
      long failed = results.stream().filter(result -> !result.passed()).count();
      out.println((results.size() - failed) + " passed, " + failed + " failed");
      out.flush();
      return failed == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }

  /** {@code tocsin rules backtest}. */
  @Command(
      name = "backtest",
      description = "Runs rules over a recording by the evaluator that runs in production.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  tocsin rules backtest --rules my-rules.yaml --events day.ndjson --output ndjson")
  static final class Backtest implements Callable<Integer> {

    enum Output {
      TABLE,
      NDJSON
    }

    @Option(names = "--rules", arity = "1..*", required = true, description = "rule files")
    private List<Path> rules = List.of();

    @Option(names = "--events", required = true, description = "records, one JSON object a line")
    private Path events = Path.of("");

    @Option(names = "--from", description = "where the clock starts, RFC 3339")
    private @Nullable Instant from;

    @Option(names = "--until", description = "where the clock ends, RFC 3339")
    private @Nullable Instant until;

    @Option(names = "--output", defaultValue = "table", description = "table or ndjson")
    private Output output = Output.TABLE;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      RuleSet set = RuleSet.read(rules);
      if (output == Output.TABLE) {
        out.println(TransitionLines.tableHead());
      }
      Replay replay =
          new Replay(
              set,
              from,
              until,
              transition ->
                  out.println(
                      output == Output.TABLE
                          ? TransitionLines.tableRow(transition)
                          : TransitionLines.ndjson(transition)));
      Progress progress = new Progress(spec.commandLine().getErr(), System::nanoTime);
      Recording.read(
          events,
          record -> {
            replay.read(record);
            progress.step();
          });
      replay.finish();
      out.flush();
      return 0;
    }
  }
}
