package io.tocsin.cli.rules;

import io.tocsin.cli.shared.ClusterOptions;
import io.tocsin.event.silence.Silence;
import io.tocsin.event.silence.Silence.State;
import io.tocsin.event.silence.Span;
import io.tocsin.topics.SilencesAdmin;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin rules silences}. */
@Command(
    name = "silences",
    description = "Shows the silences: which hold now, which will, who asked for them and why.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin rules silences",
      "  tocsin rules silences --all --bootstrap-servers kafka:9092"
    })
final class ListSilences implements Callable<Integer> {

  private static final String ROW = "%-16s  %-7s  %-24s  %-24s  %-28s  %-10s  %s%n";

  @Option(names = "--all", description = "show those that are over too")
  private boolean all;

  @Mixin private ClusterOptions broker = new ClusterOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Instant now = Clock.systemUTC().instant();
    List<Silence> silences =
        new SilencesAdmin(broker.kafka())
            .list().values().stream()
                .filter(silence -> all || silence.state(now) != State.EXPIRED)
                .toList();
    PrintWriter out = spec.commandLine().getOut();
    if (silences.isEmpty()) {
      out.println("no silences");
    } else {
      out.printf(ROW, "ID", "STATE", "FROM", "UNTIL", "MATCH", "BY", "REASON");
      silences.forEach(silence -> print(out, silence, now));
    }
    out.flush();
    return 0;
  }

  /** Of a schedule it shows the hours that are on or come next. */
  private static void print(PrintWriter out, Silence silence, Instant now) {
    Instant end = silence.expiresAt();
    Span span =
        silence
            .nextEndingAfter(now)
            .orElse(new Span(silence.startsAt(), end == null ? Instant.MAX : end));
    String schedule = silence.schedule() == null ? "" : " (" + silence.schedule() + ")";
    out.printf(
        ROW,
        silence.id(),
        silence.state(now).name().toLowerCase(Locale.ROOT),
        SilenceText.time(span.start()),
        SilenceText.time(span.end()),
        silence.match(),
        silence.author(),
        silence.reason() + schedule);
  }
}
