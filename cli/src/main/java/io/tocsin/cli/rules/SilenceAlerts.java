package io.tocsin.cli.rules;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.Durations;
import io.tocsin.cli.shared.ClusterOptions;
import io.tocsin.event.silence.AlertMatch;
import io.tocsin.event.silence.Schedule;
import io.tocsin.event.silence.Silence;
import io.tocsin.topics.SilencesAdmin;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin rules silence}. */
@Command(
    name = "silence",
    description = {
      "Keeps alerts from being told for a while, or at hours that come again.",
      "They still fire and resolve. What still fires when the silence ends is told then; the end",
      "of what was told before is told at once."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin rules silence --match service=api,severity=high --for 2h --reason \"new release\"",
      "  tocsin rules silence --match service=api --match service=worker --for 30m --reason move",
      "  tocsin rules silence --match 'rule=disk-*' --reason backup \\",
      "      --schedule 'every sunday 02:00-04:00 Europe/Istanbul'",
      "  tocsin rules silence --match 'rule=*' --id patch-day --reason patches \\",
      "      --schedule 'first sunday of month 02:00-06:00 UTC' --until 2027-01-01T00:00:00Z"
    })
final class SilenceAlerts implements Callable<Integer> {

  @Option(
      names = "--match",
      required = true,
      paramLabel = "NAME=VALUE[,...]",
      description = {
        "which alerts: rule, severity, episode, a field of the group, a label; all names must hold,",
        "a name given twice takes either value, * stands for anything"
      })
  private List<String> match = List.of();

  @Option(names = "--for", paramLabel = "DURATION", description = "for how long, such as 2h")
  private @Nullable String duration;

  @Option(names = "--from", paramLabel = "TIME", description = "from when, RFC 3339 (default: now)")
  private @Nullable Instant from;

  @Option(names = "--until", paramLabel = "TIME", description = "until when, RFC 3339")
  private @Nullable Instant until;

  @Option(
      names = "--schedule",
      paramLabel = "TEXT",
      description = {
        "at hours that come again: every|first|second|third|fourth|last DAY [of month]",
        "HH:MM-HH:MM [ZONE]; with every, DAY may be a list, day or weekday; ZONE is UTC if left out"
      })
  private @Nullable String schedule;

  @Option(names = "--reason", required = true, description = "why, for those who look later")
  private String reason = "";

  @Option(
      names = "--by",
      defaultValue = "${sys:user.name}",
      description = "who asks for it (default: ${DEFAULT-VALUE})")
  private String by = "";

  @Option(names = "--id", description = "a name for it; replaces one of this name")
  private @Nullable String id;

  @Option(names = "--dry-run", description = "show what would be written and write nothing")
  private boolean dryRun;

  @Mixin private ClusterOptions broker = new ClusterOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    Silence silence = silence(now);
    PrintWriter out = spec.commandLine().getOut();
    if (dryRun) {
      out.println("would silence " + SilenceText.describe(silence, now));
    } else {
      new SilencesAdmin(broker.kafka()).put(silence, now);
      out.println("silenced " + SilenceText.describe(silence, now));
      out.println("end it with: tocsin rules unsilence " + silence.id());
    }
    out.flush();
    return 0;
  }

  private Silence silence(Instant now) {
    try {
      Instant start = from == null ? now : from;
      return new Silence(
          id == null ? UUID.randomUUID().toString().substring(0, 8) : id,
          AlertMatch.parse(match),
          start,
          end(start),
          schedule == null ? null : Schedule.parse(schedule),
          by,
          reason,
          now);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          String.valueOf(e.getMessage()), "tocsin rules silence --help shows examples");
    }
  }

  private @Nullable Instant end(Instant start) {
    if (duration != null && until != null) {
      throw new IllegalArgumentException("--for and --until exclude each other");
    }
    if (duration != null) {
      return start.plus(Durations.parse(duration));
    }
    if (until == null && schedule == null) {
      throw new IllegalArgumentException("one of --for, --until and --schedule is needed");
    }
    return until;
  }
}
