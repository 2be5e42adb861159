package io.tocsin.cli.deadletters;

import io.tocsin.bootstrap.UserError;
import io.tocsin.cli.shared.ClusterOptions;
import io.tocsin.cli.shared.Progress;
import io.tocsin.event.DeadLetter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin dead-letters show}. */
@Command(
    name = "show",
    description = "Shows one letter whole: why it was given up, and the record as it came.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin dead-letters show 0-1234",
      "  tocsin dead-letters show 0-1234 --bytes record.json"
    })
final class ShowLetter implements Callable<Integer> {

  private static final int SHOWN_BYTES = 4_000;

  @Parameters(paramLabel = "LETTER", description = "as tocsin dead-letters list shows it")
  private String name = "";

  @Option(
      names = "--bytes",
      paramLabel = "FILE",
      description = "write the record's own bytes there; the file must not exist")
  private @Nullable Path file;

  @Mixin private ClusterOptions kafka = new ClusterOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Progress progress = Progress.of(spec.commandLine().getErr(), "read", "letters");
    @Nullable Letter[] found = {null};
    Marks marks = new Marks();
    try (LetterBox box = LetterBox.open(kafka.kafka())) {
      box.all(
          letter -> {
            progress.step();
            marks.read(letter);
            if (letter.name().equals(name)) {
              found[0] = letter;
            }
          });
    }
    Letter letter = found[0];
    if (letter == null) {
      throw new UserError(
          "there is no letter " + name,
          "tocsin dead-letters list shows their names; they last 30 d");
    }
    print(letter, marks.of(letter));
    byte[] bytes = letter.content().bytes();
    if (file != null && bytes != null) {
      Files.write(file, bytes, java.nio.file.StandardOpenOption.CREATE_NEW);
    }
    return 0;
  }

  private void print(Letter letter, Status status) {
    PrintWriter out = spec.commandLine().getOut();
    DeadLetter content = letter.content();
    line(out, "letter", letter.name() + " (" + status.name().toLowerCase(Locale.ROOT) + ")");
    line(out, "given up", content.ts() + " by " + content.stage());
    line(out, "reason", content.reason());
    line(out, "detail", String.valueOf(content.detail()));
    line(out, "record", letter.origin().toString());
    line(out, "id", String.valueOf(content.id()));
    line(out, "key", LetterText.line(LetterText.plain(content.key()), 200));
    content.headers().forEach((key, value) -> line(out, "header", key + ": " + value));
    byte[] bytes = content.bytes();
    if (bytes == null) {
      line(out, "bytes", "none");
    } else {
      line(out, "bytes", Integer.toString(bytes.length));
      out.println();
      out.println(LetterText.block(bytes, SHOWN_BYTES));
    }
    out.flush();
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("%-9s %s%n", name, LetterText.line(value, 2_000));
  }
}
