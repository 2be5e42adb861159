package io.tocsin.cli.rules;

import io.tocsin.bootstrap.UserError;
import io.tocsin.cli.shared.ClusterOptions;
import io.tocsin.event.Alert;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.topics.AcksAdmin;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin rules ack}. */
@Command(
    name = "ack",
    description = {
      "Says that somebody takes care of an alert that fires: it escalates no further.",
      "The acknowledgement ends with its episode; if the alert fires again, it is told again."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin rules ack 3f9a02c1 --comment \"disk ordered\"",
      "  tocsin rules ack 3f9a02c1 --undo"
    })
final class AckAlerts implements Callable<Integer> {

  @Parameters(
      paramLabel = "ALERT",
      description = "an episode, a fingerprint, or its first 4 characters or more")
  private String reference = "";

  @Option(
      names = "--author",
      defaultValue = "${sys:user.name}",
      description = "who takes care (default: ${DEFAULT-VALUE})")
  private String author = "";

  @Option(names = "--comment", defaultValue = "", description = "what others should know")
  private String comment = "";

  @Option(names = "--undo", description = "take the acknowledgement back")
  private boolean undo;

  @Option(names = "--dry-run", description = "show what would be done and do nothing")
  private boolean dryRun;

  @Mixin private ClusterOptions broker = new ClusterOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    AcksAdmin admin = new AcksAdmin(broker.kafka());
    PrintWriter out = spec.commandLine().getOut();
    if (undo) {
      takeBack(admin, out);
    } else {
      acknowledge(admin, out);
    }
    out.flush();
    return 0;
  }

  private void acknowledge(AcksAdmin admin, PrintWriter out) {
    if (author.isBlank()) {
      throw new UserError("--author is empty", "say who takes care");
    }
    Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    Alert alert = admin.firing(reference);
    String what = alert.episode() + " (" + alert.rule() + " " + alert.group() + ") for " + author;
    if (dryRun) {
      out.println("would acknowledge " + what);
      return;
    }
    admin.put(new Acknowledgement(alert.episode(), author, comment, now), now);
    out.println("acknowledged " + what);
    out.println("take it back with: tocsin rules ack " + alert.episode() + " --undo");
  }

  private void takeBack(AcksAdmin admin, PrintWriter out) {
    List<Acknowledgement> meant =
        admin.list().values().stream().filter(ack -> ack.episode().startsWith(reference)).toList();
    if (meant.size() != 1) {
      throw new UserError(
          (meant.isEmpty() ? "no" : String.valueOf(meant.size()))
              + " acknowledgements are of an episode that begins with "
              + reference,
          meant.isEmpty() ? "nothing is to be taken back" : "give more of it");
    }
    Acknowledgement ack = meant.getFirst();
    String what = ack.episode() + ", which " + ack.author() + " acknowledged";
    if (dryRun) {
      out.println("would take back " + what);
      return;
    }
    admin.remove(ack);
    out.println("took back " + what);
  }
}
