package io.tocsin.cli.rules;

import io.tocsin.alerting.RulesAdmin;
import io.tocsin.alerting.rule.Values;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.cli.shared.ClusterOptions;
import io.tocsin.event.Alert;
import io.tocsin.topics.AlertStates;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin rules reset}. */
@Command(
    name = "reset",
    description = {
      "Has the engines forget what they counted for a rule, or for some of its groups.",
      "What fires of it resolves, with the reason \"reset by …\"; then everything counts anew.",
      "Exit status 1 when what fires has not resolved within 10 s."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin rules reset station-fault --dry-run",
      "  tocsin rules reset station-fault --group device=charger-01"
    })
final class ResetRule implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Parameters(paramLabel = "RULE", description = "the rule's name")
  private String rule = "";

  @Option(
      names = "--group",
      paramLabel = "FIELD=VALUE",
      description = "only groups with this value of a group-by field; may be given several times")
  private Map<String, String> group = new LinkedHashMap<>();

  @Option(
      names = "--by",
      defaultValue = "${sys:user.name}",
      description = "who wants it, for those who look later (default: ${DEFAULT-VALUE})")
  private String by = "";

  @Option(names = "--dry-run", description = "show what would resolve and reset nothing")
  private boolean dryRun;

  @Mixin private ClusterOptions broker = new ClusterOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    KafkaSettings kafka = broker.kafka();
    AlertStates alerts = new AlertStates(kafka);
    List<Alert> firing = concerned(alerts);
    PrintWriter out = spec.commandLine().getOut();
    out.println((dryRun ? "would reset " : "resetting ") + rule + describe(firing.size()));
    firing.forEach(alert -> out.println("  " + alert.episode() + "  " + alert.group()));
    out.flush();
    if (dryRun) {
      return CommandLine.ExitCode.OK;
    }
    new RulesAdmin(kafka).reset(rule, group, by, Clock.systemUTC().instant());
    if (!firing.isEmpty() && !areOver(firing, alerts)) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("written, but it still fires: does alerting run, and is the rule in force?");
      err.flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
    out.println("Done.");
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private String describe(int firing) {
    String which = group.isEmpty() ? "" : " for groups with " + group;
    String alerts = firing == 1 ? "1 alert of it fires" : firing + " alerts of it fire";
    return which + "; " + (firing == 0 ? "nothing of it fires" : alerts + " and will resolve:");
  }

  private List<Alert> concerned(AlertStates alerts) {
    return alerts.firing().stream()
        .filter(alert -> alert.rule().equals(rule) && hasGroup(alert))
        .toList();
  }

  private boolean hasGroup(Alert alert) {
    return group.entrySet().stream()
        .allMatch(
            each -> {
              Object value = alert.group().get(each.getKey());
              return value != null && Values.text(value).equals(each.getValue());
            });
  }

  private boolean areOver(List<Alert> firing, AlertStates alerts) throws InterruptedException {
    List<String> episodes = firing.stream().map(Alert::episode).toList();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (concerned(alerts).stream().map(Alert::episode).anyMatch(episodes::contains)) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(200);
    }
    return true;
  }
}
