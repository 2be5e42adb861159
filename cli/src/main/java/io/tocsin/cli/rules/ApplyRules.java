package io.tocsin.cli.rules;

import io.tocsin.alerting.RulesAdmin;
import io.tocsin.alerting.RulesPlan;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.cli.shared.ClusterOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin rules apply}. */
@Command(
    name = "apply",
    description = {
      "Puts rules in force without a restart: validates them, shows the difference, writes.",
      "They stand in for rules of the same name in the engines' own files."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin rules apply my-rules.yaml --dry-run",
      "  tocsin rules apply rules/*.yaml --prune --bootstrap-servers kafka:9092"
    })
final class ApplyRules implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "rule files")
  private List<Path> files = List.of();

  @Option(names = "--prune", description = "remove applied rules that no FILE has")
  private boolean prune;

  @Option(names = "--dry-run", description = "show the difference and change nothing")
  private boolean dryRun;

  @Option(
      names = "--by",
      defaultValue = "${sys:user.name}",
      description = "who applies them, for those who look later (default: ${DEFAULT-VALUE})")
  private String by = "";

  @Mixin private ClusterOptions broker = new ClusterOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    RuleSet rules = RuleSet.read(files);
    RulesAdmin admin = new RulesAdmin(broker.kafka());
    RulesPlan plan = admin.plan(rules, prune);
    PrintWriter out = spec.commandLine().getOut();
    out.println(plan.text());
    if (!dryRun && !plan.isEmpty()) {
      admin.apply(plan, by);
      out.println("Done.");
    }
    out.flush();
    return 0;
  }
}
