package io.tocsin.cli.rules;

import io.tocsin.alerting.prove.RuleTestResult;
import io.tocsin.alerting.prove.RuleTests;
import io.tocsin.alerting.rule.RuleSet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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
      BacktestRules.class,
      ApplyRules.class,
      ListRules.class,
      PrintSchema.class,
      ConvertRules.class,
      AckAlerts.class,
      ResetRule.class,
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
}
