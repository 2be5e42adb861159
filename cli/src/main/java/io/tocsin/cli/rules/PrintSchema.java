package io.tocsin.cli.rules;

import io.tocsin.alerting.rule.RuleSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tocsin rules schema}. */
@Command(
    name = "schema",
    description = {
      "Prints the JSON Schema of rule files, by which editors complete and check them.",
      "With the YAML language server, begin a rule file with the comment below."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {
      "  tocsin rules schema > rules.schema.json",
      "  # yaml-language-server: $schema=./rules.schema.json"
    })
final class PrintSchema implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(RuleSet.schema());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
