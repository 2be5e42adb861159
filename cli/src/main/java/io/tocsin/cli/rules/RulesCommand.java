package io.tocsin.cli.rules;

import io.tocsin.alerting.engine.EventRecord;
import io.tocsin.alerting.prove.Replay;
import io.tocsin.alerting.prove.TransitionLines;
import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.bootstrap.UserError;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin rules}. */
@Command(
    name = "rules",
    description = "Alert rules: validated and run over a recording before they run for real.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {RulesCommand.Validate.class, RulesCommand.Backtest.class})
public final class RulesCommand {

  /** {@code tocsin rules validate}. */
  @Command(
      name = "validate",
      description = "Checks rule files; every problem with its line. Exit status 0 or 2.",
      mixinStandardHelpOptions = true)
  static final class Validate implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "rule files")
    private List<Path> files = List.of();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      int count = RuleSet.read(files).rules().size();
      spec.commandLine().getOut().println("good, " + count + (count == 1 ? " rule" : " rules"));
      return 0;
    }
  }

  /** {@code tocsin rules backtest}. */
  @Command(
      name = "backtest",
      description = "Runs rules over a recording by the evaluator that runs in production.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  tocsin rules backtest --rules my-rules.yaml --events day.ndjson --output ndjson")
  static final class Backtest implements Callable<Integer> {

    enum Output {
      TABLE,
      NDJSON
    }

    @Option(names = "--rules", arity = "1..*", required = true, description = "rule files")
    private List<Path> rules = List.of();

    @Option(names = "--events", required = true, description = "records, one JSON object a line")
    private Path events = Path.of("");

    @Option(names = "--from", description = "where the clock starts, RFC 3339")
    private @Nullable Instant from;

    @Option(names = "--until", description = "where the clock ends, RFC 3339")
    private @Nullable Instant until;

    @Option(names = "--output", defaultValue = "table", description = "table or ndjson")
    private Output output = Output.TABLE;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      RuleSet set = RuleSet.read(rules);
      if (output == Output.TABLE) {
        out.println(TransitionLines.tableHead());
      }
      Replay replay =
          new Replay(
              set,
              from,
              until,
              transition ->
                  out.println(
                      output == Output.TABLE
                          ? TransitionLines.tableRow(transition)
                          : TransitionLines.ndjson(transition)));
      read(replay);
      replay.finish();
      out.flush();
      return 0;
    }

    private void read(Replay replay) {
      long number = 0;
      try (BufferedReader lines = Files.newBufferedReader(events)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          number++;
          if (!line.isBlank()) {
            replay.read(record(line.getBytes(StandardCharsets.UTF_8)));
          }
        }
      } catch (MalformedEventException e) {
        throw new UserError(
            events + ":" + number + ": " + e.getMessage(), "mend or remove the line");
      } catch (IOException e) {
        throw new UserError(events + " cannot be read: " + e.getMessage(), "check the path");
      }
    }

    /** A record that has a device and no level is telemetry; the rest are log events. */
    private static EventRecord record(byte[] line) throws MalformedEventException {
      var fields = EventCodec.decodeObject(line);
      return fields.containsKey("device") && !fields.containsKey("level")
          ? EventRecord.of(EventCodec.decodeTelemetry(line))
          : EventRecord.of(EventCodec.decodeLog(line));
    }
  }
}
