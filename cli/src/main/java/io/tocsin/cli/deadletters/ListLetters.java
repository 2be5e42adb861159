package io.tocsin.cli.deadletters;

import io.tocsin.cli.shared.ClusterOptions;
import io.tocsin.cli.shared.Progress;
import io.tocsin.event.DeadLetter;
import io.tocsin.event.EventCodec;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin dead-letters list}. */
@Command(
    name = "list",
    description = "Shows the latest letters, or how many there are of each kind.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin dead-letters list --summary",
      "  tocsin dead-letters list --stage indexer --reason bad_ts --since 2h",
      "  tocsin dead-letters list --all --output ndjson"
    })
final class ListLetters implements Callable<Integer> {

  private static final String ROW = "%-12s  %-20s  %-8s  %-16s  %-28s  %-8s  %s%n";
  private static final int DETAIL = 80;

  enum Output {
    TABLE,
    NDJSON
  }

  @Option(names = "--all", description = "those that were replayed or purged too")
  private boolean all;

  @Option(names = "--summary", description = "only how many there are by stage, topic and reason")
  private boolean summary;

  @Option(
      names = "--limit",
      defaultValue = "50",
      description = "at most so many, the latest (default: 50)")
  private int limit;

  @Option(names = "--output", defaultValue = "table", description = "table or ndjson")
  private Output output = Output.TABLE;

  @Mixin private LetterFilter filter = new LetterFilter();
  @Mixin private ClusterOptions kafka = new ClusterOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private record Kind(String stage, String topic, String reason, Status status) {}

  private record Row(Letter letter, Status status) {}

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    LetterFilter.Test test = filter.at(Clock.systemUTC());
    Progress progress = Progress.of(err, "read", "letters");
    Map<Kind, Long> kinds = new LinkedHashMap<>();
    ArrayDeque<Row> latest = new ArrayDeque<>();
    long[] matching = {0};
    try (LetterBox box = LetterBox.open(kafka.kafka())) {
      Marks marks = box.marks(progress);
      box.all(
          letter -> {
            progress.step();
            Status status = marks.of(letter);
            if (letter.isMark() || (!all && status != Status.OPEN) || !test.takes(letter)) {
              return;
            }
            matching[0]++;
            kinds.merge(kind(letter.content(), status), 1L, Long::sum);
            latest.add(new Row(letter, status));
            if (latest.size() > limit) {
              latest.removeFirst();
            }
          });
      if (box.unreadable() > 0) {
        err.println(box.unreadable() + " records on the topic are no dead letters");
        err.flush();
      }
    }
    print(kinds, latest, matching[0]);
    return 0;
  }

  private static Kind kind(DeadLetter content, Status status) {
    return new Kind(content.stage(), String.valueOf(content.topic()), content.reason(), status);
  }

  private void print(Map<Kind, Long> kinds, ArrayDeque<Row> latest, long matching) {
    PrintWriter out = spec.commandLine().getOut();
    if (summary) {
      printSummary(out, kinds);
    } else if (output == Output.NDJSON) {
      latest.forEach(row -> out.println(json(row)));
    } else if (latest.isEmpty()) {
      out.println("no dead letters");
    } else {
      out.printf(ROW, "LETTER", "GIVEN UP", "STAGE", "REASON", "RECORD", "STATUS", "DETAIL");
      latest.forEach(row -> printRow(out, row));
      if (matching > latest.size()) {
        out.printf(
            Locale.ROOT, "the latest %,d of %,d; --limit shows more%n", latest.size(), matching);
      }
    }
    out.flush();
  }

  private static void printSummary(PrintWriter out, Map<Kind, Long> kinds) {
    Map<String, Long> lines = new TreeMap<>();
    kinds.forEach(
        (kind, count) ->
            lines.put(
                "%-8s  %-20s  %-20s  %s"
                    .formatted(kind.stage(), kind.topic(), kind.reason(), name(kind.status())),
                count));
    if (lines.isEmpty()) {
      out.println("no dead letters");
    } else {
      out.printf("%10s  %-8s  %-20s  %-20s  %s%n", "LETTERS", "STAGE", "TOPIC", "REASON", "STATUS");
      lines.forEach((line, count) -> out.printf(Locale.ROOT, "%,10d  %s%n", count, line));
    }
  }

  private static void printRow(PrintWriter out, Row row) {
    DeadLetter content = row.letter().content();
    out.printf(
        ROW,
        row.letter().name(),
        content.ts().truncatedTo(ChronoUnit.SECONDS),
        content.stage(),
        content.reason(),
        row.letter().origin(),
        name(row.status()),
        LetterText.line(String.valueOf(content.detail()), DETAIL));
  }

  private static String json(Row row) {
    DeadLetter content = row.letter().content();
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("letter", row.letter().name());
    object.put("status", name(row.status()));
    object.put("ts", content.ts().toString());
    object.put("stage", content.stage());
    object.put("reason", content.reason());
    object.put("detail", content.detail());
    object.put("topic", content.topic());
    object.put("partition", content.partition());
    object.put("offset", content.offset());
    object.put("id", content.id());
    object.put("headers", content.headers());
    object.put("text", LetterText.plain(content.bytes()));
    return LetterText.plain(EventCodec.encodeObject(object));
  }

  private static String name(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
