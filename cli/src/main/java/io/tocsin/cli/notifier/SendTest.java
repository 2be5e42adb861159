package io.tocsin.cli.notifier;

import io.tocsin.event.Alert.Status;
import io.tocsin.notifier.Trial;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Outcome.Delivered;
import io.tocsin.notifier.pipeline.Outcome.Opened;
import io.tocsin.notifier.pipeline.Outcome.Rejected;
import io.tocsin.notifier.pipeline.Outcome.Retriable;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin notifier send-test}. */
@Command(
    name = "send-test",
    description = {
      "Tells a receiver of a made-up alert, marked TEST, and then that it is over, so that no"
          + " incident stays open. Exit status 1 when it does not take one of the two.",
      "A webhook's program does what it does; the alert's service is tocsin-test."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin notifier send-test --config notifier.yaml --receiver ops-slack",
      "  tocsin notifier send-test --config notifier.yaml --receiver hook --dry-run"
    })
public final class SendTest implements Callable<Integer> {

  /** A receiver's own pace is kept between the two, but nobody waits for an hour. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  @Mixin private NotifierOption option = new NotifierOption();

  @Option(names = "--receiver", paramLabel = "NAME", required = true, description = "who")
  private String receiver = "";

  @Option(names = "--dry-run", description = "show what would be sent, and send nothing")
  private boolean dryRun;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Clock clock = Clock.systemUTC();
    Trial trial = new Trial(option.read().config(), receiver, clock);
    Instant start = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (dryRun) {
      show(trial, Kind.FIRING, start);
      show(trial, Kind.RESOLVED, start);
      return 0;
    }
    Outcome firing = tell(trial, Kind.FIRING, start, null);
    if (!(firing instanceof Delivered delivered)) {
      return 1;
    }
    Duration pause = trial.every();
    Thread.sleep(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    return tell(trial, Kind.RESOLVED, start, delivered.reference()) instanceof Delivered ? 0 : 1;
  }

  private void show(Trial trial, Kind kind, Instant start) throws InterruptedException {
    PreviewNotification.print(
        spec.commandLine().getOut(),
        receiver,
        kind,
        trial.preview(kind, trial.testAlert(status(kind), start)));
  }

  private Outcome tell(Trial trial, Kind kind, Instant start, @Nullable String reference)
      throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    long begin = System.nanoTime();
    Outcome outcome =
        trial.tell(kind, trial.testAlert(status(kind), start), reference, out::println);
    String what = receiver + ": " + PreviewNotification.word(kind) + " ";
    switch (outcome) {
      case Delivered delivered ->
          out.println(what + "taken after " + (System.nanoTime() - begin) / 1_000_000 + " ms");
      case Opened _ -> complain(what + "taken by half"); // of a test nothing is brief
      case Retriable retriable ->
          complain(what + "not taken: " + retriable.label() + "; the notifier would try again");
      case Rejected rejected ->
          complain(what + "refused: " + rejected.label() + ", " + rejected.detail());
    }
    return outcome;
  }

  private void complain(String line) {
    spec.commandLine().getErr().println(line);
  }

  private static Status status(Kind kind) {
    return kind == Kind.FIRING ? Status.FIRING : Status.RESOLVED;
  }
}
