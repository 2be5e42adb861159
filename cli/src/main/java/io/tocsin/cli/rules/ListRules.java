package io.tocsin.cli.rules;

import io.tocsin.alerting.RulesAdmin;
import io.tocsin.alerting.RulesAdmin.AppliedRule;
import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.cli.shared.ClusterOptions;
import io.tocsin.event.Timestamps;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tocsin rules list}. */
@Command(
    name = "list",
    description = "Shows the rules that were applied: revision, who applied it, and when.",
    mixinStandardHelpOptions = true)
final class ListRules implements Callable<Integer> {

  private static final String ROW = "%-32s  %-8s  %-8s  %-24s  %s%n";

  @Mixin private ClusterOptions broker = new ClusterOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    SortedMap<String, AppliedRule> rules = new RulesAdmin(broker.kafka()).list();
    PrintWriter out = spec.commandLine().getOut();
    if (rules.isEmpty()) {
      out.println("no rules were applied; those of the engines' own files are in force");
    } else {
      out.printf(ROW, "RULE", "SEVERITY", "REVISION", "AT", "BY");
      rules.forEach((name, applied) -> print(out, name, applied));
    }
    out.flush();
    return 0;
  }

  private static void print(PrintWriter out, String name, AppliedRule applied) {
    AlertRule rule = applied.rule();
    out.printf(
        ROW,
        name,
        rule == null ? "unread" : rule.severity().name().toLowerCase(Locale.ROOT),
        rule == null ? "-" : rule.revision(),
        Timestamps.format(applied.at()),
        applied.by());
  }
}
