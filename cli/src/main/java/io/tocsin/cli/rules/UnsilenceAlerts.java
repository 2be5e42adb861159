package io.tocsin.cli.rules;

import io.tocsin.cli.shared.ClusterOptions;
import io.tocsin.event.silence.Silence;
import io.tocsin.event.silence.Silence.State;
import io.tocsin.topics.SilencesAdmin;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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

/** {@code tocsin rules unsilence}. */
@Command(
    name = "unsilence",
    description = {
      "Ends silences before their time; what still fires is told at once.",
      "Exit status 1, and nothing is ended, when one of them is not there or over already."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  tocsin rules unsilence patch-day", "  tocsin rules unsilence 1f0c27ab --dry-run"})
final class UnsilenceAlerts implements Callable<Integer> {

  @Parameters(paramLabel = "ID", arity = "1..*", description = "as tocsin rules silences shows it")
  private List<String> ids = List.of();

  @Option(names = "--dry-run", description = "show what would end and end nothing")
  private boolean dryRun;

  @Mixin private ClusterOptions broker = new ClusterOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    SilencesAdmin admin = new SilencesAdmin(broker.kafka());
    Map<String, Silence> there = admin.list();
    List<String> unknown = new ArrayList<>();
    for (String id : ids) {
      Silence silence = there.get(id);
      if (silence == null || silence.state(now) == State.EXPIRED) {
        unknown.add(id);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (!unknown.isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("no silence in force or to come: " + String.join(", ", unknown));
      err.flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
    for (String id : ids) {
      if (dryRun) {
        out.println("would end " + id);
      } else {
        out.println(admin.end(id, now) ? "ended " + id : id + " was over by then");
      }
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
