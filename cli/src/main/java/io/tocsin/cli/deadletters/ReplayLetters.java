package io.tocsin.cli.deadletters;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.cli.deadletters.Repair.UnrepairableException;
import io.tocsin.cli.shared.ClusterOptions;
import io.tocsin.cli.shared.Progress;
import io.tocsin.event.DeadLetter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin dead-letters replay}. */
@Command(
    name = "replay",
    description = {
      "Sends records back to their topics, as they came or repaired; each once.",
      "A record that was sent back is marked, so the same command does not send it again. One that"
          + " becomes a dead letter again is left out unless --again is given."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin dead-letters replay --stage indexer --reason bad_ts --type ts=time --dry-run",
      "  tocsin dead-letters replay --reason bad_ts --contains firmware-7 --set meta.repaired=true"
          + " --type ts=time",
      "  tocsin dead-letters replay 0-1234"
    })
final class ReplayLetters implements Callable<Integer> {

  /** On a record that was sent back, the origin of its letter. */
  static final String HEADER = "tocsin-replay";

  private static final int EXAMPLES = 3;

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = "put a value there first: JSON, or else text; meta.code is a field of meta")
  private List<String> set = List.of();

  @Option(
      names = "--type",
      paramLabel = "FIELD=TYPE",
      description = "make the value there text, number, boolean or time (of seconds or ms) first")
  private List<String> type = List.of();

  @Option(names = "--to", paramLabel = "TOPIC", description = "send there instead")
  private @Nullable String to;

  @Option(names = "--again", description = "also what was sent back before and came here again")
  private boolean again;

  @Option(names = "--all", description = "every open letter: without it, give some filter")
  private boolean all;

  @Option(names = "--dry-run", description = "show what would be sent and send nothing")
  private boolean dryRun;

  @Option(
      names = "--by",
      defaultValue = "${sys:user.name}",
      description = "who does it, for those who look later (default: ${DEFAULT-VALUE})")
  private String by = "";

  @Mixin private LetterFilter filter = new LetterFilter();
  @Mixin private ClusterOptions kafka = new ClusterOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, Long> sent = new TreeMap<>();
  private final Map<String, Long> left = new TreeMap<>();
  private int shown;

  @Override
  public Integer call() {
    if (filter.isEmpty() && !all) {
      throw new UserError(
          "this would send back every open letter", "give a filter, or --all if that is meant");
    }
    List<Repair> repairs = new ArrayList<>();
    type.forEach(text -> repairs.add(Repair.type(text)));
    set.forEach(text -> repairs.add(Repair.set(text)));
    KafkaSettings settings = kafka.kafka();
    if (dryRun) {
      work(settings, repairs, null);
    } else {
      // Before the letters are read: what another command was just marking is then seen.
      try (Outbox outbox = Outbox.open(settings)) {
        work(settings, repairs, outbox);
        outbox.finish();
      }
    }
    report();
    return 0;
  }

  private void work(KafkaSettings settings, List<Repair> repairs, @Nullable Outbox outbox) {
    LetterFilter.Test test = filter.at(Clock.systemUTC());
    PrintWriter err = spec.commandLine().getErr();
    Progress reading = Progress.of(err, "read", "letters");
    Progress sending = Progress.of(err, "went through", "letters");
    try (LetterBox box = LetterBox.open(settings)) {
      Marks marks = box.marks(reading);
      box.all(
          letter -> {
            sending.step();
            if (!letter.isMark() && marks.of(letter) == Status.OPEN && test.takes(letter)) {
              replay(letter, repairs, marks, outbox);
            }
          });
    }
  }

  private void replay(Letter letter, List<Repair> repairs, Marks marks, @Nullable Outbox outbox) {
    String obstacle = obstacle(letter.content());
    if (obstacle != null) {
      left.merge(obstacle, 1L, Long::sum);
      return;
    }
    try {
      ProducerRecord<byte[], byte[]> record = record(letter, repairs);
      marks.add(letter.origin(), Status.REPLAYED);
      sent.merge(record.topic(), 1L, Long::sum);
      if (outbox != null) {
        outbox.send(record);
        outbox.mark(letter, Marks.mark(letter, "replay", Clock.systemUTC().instant(), by));
      } else if (shown++ < EXAMPLES) {
        spec.commandLine()
            .getOut()
            .println(
                letter.name()
                    + " to "
                    + record.topic()
                    + ": "
                    + LetterText.line(LetterText.plain(record.value()), 200));
      }
    } catch (UnrepairableException e) {
      left.merge("cannot be repaired, " + e.getMessage(), 1L, Long::sum);
    }
  }

  private @Nullable String obstacle(DeadLetter content) {
    if (content.topic() == null && to == null) {
      return "of no topic, --to gives one";
    }
    if (content.bytes() == null) {
      return "without bytes";
    }
    if (content.headers().containsKey("piece")) {
      return "in pieces, too large for its topic";
    }
    return content.headers().containsKey(HEADER) && !again
        ? "sent back before, --again sends them once more"
        : null;
  }

  private ProducerRecord<byte[], byte[]> record(Letter letter, List<Repair> repairs)
      throws UnrepairableException {
    DeadLetter content = letter.content();
    byte[] bytes = content.bytes() == null ? new byte[0] : content.bytes();
    String topic = to == null ? String.valueOf(content.topic()) : to;
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, content.key(), Repair.all(repairs, bytes));
    content
        .headers()
        .forEach((key, value) -> record.headers().add(key, value.getBytes(StandardCharsets.UTF_8)));
    record.headers().remove(HEADER);
    record.headers().add(HEADER, letter.origin().toString().getBytes(StandardCharsets.UTF_8));
    return record;
  }

  private void report() {
    PrintWriter out = spec.commandLine().getOut();
    String verb = dryRun ? "would send" : "sent";
    if (sent.isEmpty()) {
      out.println(dryRun ? "would send nothing" : "sent nothing");
    }
    sent.forEach(
        (topic, count) ->
            out.printf(Locale.ROOT, "%s %,d records back to %s%n", verb, count, topic));
    left.forEach((why, count) -> out.printf(Locale.ROOT, "left %,d: %s%n", count, why));
    out.flush();
  }
}
