package io.tocsin.cli.rules;

import io.tocsin.alerting.convert.Conversion;
import io.tocsin.alerting.convert.Conversion.Note;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin rules convert}. */
@Command(
    name = "convert",
    description = {
      "Prints rules of Prometheus, Loki or ElastAlert 2 as a rule file of Tocsin.",
      "What it cannot convert, and how what it converts differs, is said on standard error.",
      "Exit status 0 when every rule was converted, 1 when one was left out."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin rules convert --from prometheus alerts.yml > rules.yaml",
      "  tocsin rules convert --from elastalert rules/*.yaml > rules.yaml"
    })
final class ConvertRules implements Callable<Integer> {

  @Option(
      names = "--from",
      required = true,
      description = "prometheus (alert rules, those of Loki too) or elastalert")
  private Conversion.Source from = Conversion.Source.PROMETHEUS;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "rule files over there")
  private List<Path> files = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Conversion conversion = Conversion.of(from, files);
    PrintWriter out = spec.commandLine().getOut();
    out.print(conversion.yaml());
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    for (Note note : conversion.notes()) {
      err.println(note.rule() + (note.left() ? ": left out: " : ": note: ") + note.text());
    }
    long left = conversion.notes().stream().filter(Note::left).count();
    err.println(conversion.count() + " converted, " + left + " left out");
    err.flush();
    return left == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
