package io.tocsin.cli.rules;

import io.tocsin.alerting.RulesAdmin;
import io.tocsin.alerting.RulesAdmin.AppliedRule;
import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.cli.shared.ClusterOptions;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Timestamps;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin rules list}. */
@Command(
    name = "list",
    description = "Shows the rules that were applied: revision, who applied it, and when.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin rules list",
      "  tocsin rules list --output ndjson | jq -r 'select(.severity == \"high\").name'"
    })
final class ListRules implements Callable<Integer> {

  private static final String ROW = "%-32s  %-8s  %-8s  %-24s  %s%n";

  enum Output {
    TABLE,
    NDJSON
  }

  @Option(
      names = "--output",
      defaultValue = "table",
      description = "table, or ndjson: one rule a line (default: table)")
  private Output output = Output.TABLE;

  @Mixin private ClusterOptions broker = new ClusterOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    SortedMap<String, AppliedRule> rules = new RulesAdmin(broker.kafka()).list();
    PrintWriter out = spec.commandLine().getOut();
    if (output == Output.NDJSON) {
      rules.forEach((name, applied) -> out.println(json(name, applied)));
    } else if (rules.isEmpty()) {
      out.println("no rules were applied; those of the engines' own files are in force");
    } else {
      out.printf(ROW, "RULE", "SEVERITY", "REVISION", "AT", "BY");
      rules.forEach((name, applied) -> print(out, name, applied));
    }
    out.flush();
    return 0;
  }

  /** A rule that cannot be read has neither severity nor revision. */
  private static String json(String name, AppliedRule applied) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("name", name);
    AlertRule rule = applied.rule();
    line.put("readable", rule != null);
    if (rule != null) {
      line.put("severity", severity(rule));
      line.put("revision", rule.revision());
    }
    line.put("at", Timestamps.format(applied.at()));
    line.put("by", applied.by());
    return new String(EventCodec.encodeObject(line), StandardCharsets.UTF_8);
  }

  private static String severity(AlertRule rule) {
    return rule.severity().name().toLowerCase(Locale.ROOT);
  }

  private static void print(PrintWriter out, String name, AppliedRule applied) {
    AlertRule rule = applied.rule();
    out.printf(
        ROW,
        name,
        rule == null ? "unread" : severity(rule),
        rule == null ? "-" : rule.revision(),
        Timestamps.format(applied.at()),
        applied.by());
  }
}
