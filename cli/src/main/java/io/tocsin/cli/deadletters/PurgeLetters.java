package io.tocsin.cli.deadletters;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.cli.shared.ClusterOptions;
import io.tocsin.cli.shared.Confirmation;
import io.tocsin.cli.shared.Progress;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin dead-letters purge}. */
@Command(
    name = "purge",
    description = {
      "Gives letters up for good: they are listed and replayed no more.",
      "Kafka deletes from a topic's beginning only, so the bytes of a letter go when every letter"
          + " before it is purged or replayed too, or after the topic's 30 days."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin dead-letters purge --stage indexer --reason not_json --dry-run",
      "  tocsin dead-letters purge --until 7d --yes"
    })
final class PurgeLetters implements Callable<Integer> {

  @Option(names = "--all", description = "every open letter: without it, give some filter")
  private boolean all;

  @Option(names = "--yes", description = "do not ask")
  private boolean yes;

  @Option(names = "--dry-run", description = "show how many it would be and purge nothing")
  private boolean dryRun;

  @Option(
      names = "--by",
      defaultValue = "${sys:user.name}",
      description = "who does it, for those who look later (default: ${DEFAULT-VALUE})")
  private String by = "";

  @Mixin private LetterFilter filter = new LetterFilter();
  @Mixin private ClusterOptions kafka = new ClusterOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    if (filter.isEmpty() && !all) {
      throw new UserError(
          "this would purge every open letter", "give a filter, or --all if that is meant");
    }
    PrintWriter out = spec.commandLine().getOut();
    KafkaSettings settings = kafka.kafka();
    LetterFilter.Test test = filter.at(Clock.systemUTC());
    long count = work(settings, test, null);
    out.printf(Locale.ROOT, "%s %,d letters%n", dryRun ? "would purge" : "to purge:", count);
    out.flush();
    if (dryRun) {
      return 0;
    }
    if (count > 0 && !yes && !Confirmation.ask("purge", spec.commandLine().getErr())) {
      out.println("Nothing was purged.");
      return 1;
    }
    if (count > 0) {
      try (Outbox outbox = Outbox.open(settings)) {
        out.printf(Locale.ROOT, "purged %,d letters%n", work(settings, test, outbox));
        outbox.finish();
      }
    }
    long deleted =
        new Sweep(settings).run(Progress.of(spec.commandLine().getErr(), "read", "letters"));
    out.printf(Locale.ROOT, "deleted %,d records from the topic's beginning%n", deleted);
    out.flush();
    return 0;
  }

  /** Marks what the filter takes, or only counts it without an outbox. */
  private long work(KafkaSettings settings, LetterFilter.Test test, @Nullable Outbox outbox) {
    PrintWriter err = spec.commandLine().getErr();
    Progress reading = Progress.of(err, "read", "letters");
    long[] count = {0};
    try (LetterBox box = LetterBox.open(settings)) {
      Marks marks = box.marks(reading);
      box.all(
          letter -> {
            reading.step();
            if (letter.isMark() || marks.of(letter) != Status.OPEN || !test.takes(letter)) {
              return;
            }
            count[0]++;
            if (outbox != null) {
              marks.add(letter.origin(), Status.PURGED);
              outbox.mark(letter, Marks.mark(letter, "purge", Clock.systemUTC().instant(), by));
            }
          });
    }
    return count[0];
  }
}
