package io.tocsin.cli.rules;

import io.tocsin.alerting.TopicHistory;
import io.tocsin.alerting.engine.EventRecord;
import io.tocsin.alerting.prove.Recording;
import io.tocsin.alerting.prove.Replay;
import io.tocsin.alerting.prove.TransitionLines;
import io.tocsin.alerting.rule.AlertRule;
import io.tocsin.alerting.rule.Origin;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.bootstrap.UserError;
import io.tocsin.cli.shared.ClusterOptions;
import io.tocsin.cli.shared.Progress;
import io.tocsin.event.Alert;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin rules backtest}. */
@Command(
    name = "backtest",
    description = {
      "Runs rules over a recording, or over what stands on the topics, by the evaluator that runs",
      "in production. It only reads: no offsets are committed, nothing is written or told."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin rules backtest --rules my-rules.yaml --events day.ndjson --output ndjson",
      "  tocsin rules backtest --rules my-rules.yaml --bootstrap-servers kafka:9092 \\",
      "      --from 2026-11-20T00:00:00Z --until 2026-11-21T00:00:00Z"
    })
final class BacktestRules implements Callable<Integer> {

  enum Output {
    TABLE,
    NDJSON
  }

  @Option(names = "--rules", arity = "1..*", required = true, description = "rule files")
  private List<Path> rules = List.of();

  @Option(
      names = "--events",
      description = "records, one JSON object a line (default: what stands on the topics)")
  private @Nullable Path events;

  @Option(
      names = "--from",
      description = "where the clock starts, RFC 3339; needed to read from the topics")
  private @Nullable Instant from;

  @Option(
      names = "--until",
      description = "where the clock ends, RFC 3339 (default: at the last record)")
  private @Nullable Instant until;

  @Option(names = "--output", defaultValue = "table", description = "table or ndjson")
  private Output output = Output.TABLE;

  @Mixin private ClusterOptions broker = new ClusterOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    refuseWhatDoesNotGoTogether();
    RuleSet set = RuleSet.read(rules);
    PrintWriter out = spec.commandLine().getOut();
    if (output == Output.TABLE) {
      out.println(TransitionLines.tableHead());
    }
    Replay replay = new Replay(set, from, until, transition -> print(out, transition));
    if (events != null) {
      Recording.read(events, watched(replay, 0));
    } else {
      readTopics(set, replay);
    }
    replay.finish();
    out.flush();
    return 0;
  }

  private void refuseWhatDoesNotGoTogether() {
    if (events != null && broker.isGiven()) {
      throw new UserError(
          "--events and a cluster exclude each other", "give the one that the records come from");
    }
    if (events == null && from == null) {
      throw new UserError(
          "it is not said where to begin",
          "give --from and a time to read from the topics, or --events and a file");
    }
    if (from != null && until != null && !from.isBefore(until)) {
      throw new UserError("--until is not after --from", "give a later time");
    }
  }

  private void readTopics(RuleSet set, Replay replay) {
    Set<Origin> origins =
        set.rules().stream().map(AlertRule::from).collect(Collectors.toUnmodifiableSet());
    Instant begin = from == null ? Instant.EPOCH : from;
    try (TopicHistory history = new TopicHistory(broker.kafka(), origins, begin)) {
      long unreadable = history.forEach(watched(replay, history.total()));
      if (unreadable > 0) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(unreadable + " records were no events and were left out");
        err.flush();
      }
    }
  }

  private Consumer<EventRecord> watched(Replay replay, long total) {
    Progress reading = Progress.of(spec.commandLine().getErr(), "read", "records");
    Progress progress =
        total == 0 ? reading : reading.outOf(String.format(Locale.ROOT, "about %,d", total));
    return record -> {
      replay.read(record);
      progress.step();
    };
  }

  private void print(PrintWriter out, Alert transition) {
    out.println(
        output == Output.TABLE
            ? TransitionLines.tableRow(transition)
            : TransitionLines.ndjson(transition));
  }
}
