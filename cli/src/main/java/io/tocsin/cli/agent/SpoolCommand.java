package io.tocsin.cli.agent;

import io.tocsin.agent.spool.SpoolInspection;
import io.tocsin.agent.spool.SpoolInspection.SegmentState;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin agent spool}. */
@Command(
    name = "spool",
    description = "The agent's memory of what cannot be read again.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = SpoolCommand.Inspect.class)
public final class SpoolCommand {

  /** {@code tocsin agent spool inspect}. */
  @Command(
      name = "inspect",
      description = {
        "Shows what lies in the spool: its files, their records, what is not with the broker yet,"
            + " and what is damaged.",
        "Only reads, and may be asked while the agent runs."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  tocsin agent spool inspect --config /etc/tocsin/agent.yaml",
        "  tocsin agent spool inspect --data /var/lib/tocsin --output json"
      })
  static final class Inspect implements Callable<Integer> {

    private static final String ROW = "%-24s  %12s  %10s  %10s  %12s  %12s  %7s  %s%n";

    @Mixin private DataOptions data = new DataOptions();

    @Option(names = "--output", defaultValue = "text", description = "text or json")
    private Output output = Output.TEXT;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      SpoolInspection found = SpoolInspection.of(data.folder().resolve("spool"));
      PrintWriter out = spec.commandLine().getOut();
      if (output == Output.JSON) {
        Output.line(out, json(found));
      } else {
        print(out, found);
      }
      out.flush();
      return 0;
    }

    private static void print(PrintWriter out, SpoolInspection found) {
      out.printf(
          "%d records wait for the broker, in %d bytes; acknowledged below %d, epoch %s, %s%n",
          found.unacknowledged(),
          found.bytes(),
          found.acknowledged(),
          found.epoch().isEmpty() ? "-" : found.epoch(),
          found.cleanlyClosed() ? "closed in order" : "in use, or not closed in order");
      out.printf(ROW, "FILE", "BYTES", "RECORDS", "WAITING", "FIRST", "LAST", "DAMAGED", "TAIL");
      for (SegmentState segment : found.segments()) {
        out.printf(
            ROW,
            segment.file(),
            segment.bytes(),
            segment.records(),
            segment.unacknowledged(),
            segment.first(),
            segment.last(),
            segment.damagedPlaces(),
            segment.tornBytes());
      }
      found.quarantined().forEach(copy -> out.println("damaged, a copy is kept: " + copy));
    }

    private static Map<String, Object> json(SpoolInspection found) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("directory", found.directory().toString());
      json.put("epoch", found.epoch());
      json.put("acknowledged", found.acknowledged());
      json.put("waiting", found.unacknowledged());
      json.put("bytes", found.bytes());
      json.put("cleanly_closed", found.cleanlyClosed());
      json.put("segments", found.segments().stream().map(Inspect::json).toList());
      json.put("quarantined", found.quarantined().stream().map(Path::toString).toList());
      return json;
    }

    private static Map<String, Object> json(SegmentState segment) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("file", segment.file());
      json.put("bytes", segment.bytes());
      json.put("records", segment.records());
      json.put("waiting", segment.unacknowledged());
      json.put("first", segment.first());
      json.put("last", segment.last());
      json.put("damaged_places", segment.damagedPlaces());
      json.put("torn_bytes", segment.tornBytes());
      return json;
    }
  }
}
