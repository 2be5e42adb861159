package io.tocsin.cli.logs;

import io.tocsin.bootstrap.UserError;
import io.tocsin.cli.shared.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin logs export}. */
@Command(
    name = "export",
    description = "Writes all events as JSON, a line each, the oldest first.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin logs export --service api --since 24h --file api.ndjson",
      "  tocsin logs export --since 7d | gzip > week.ndjson.gz"
    })
final class ExportLogs implements Callable<Integer> {

  @Option(names = "--file", description = "where to; standard output when left out")
  private @Nullable Path file;

  @Option(names = "--words", paramLabel = "TEXT", description = "words that must stand in it")
  private @Nullable String words;

  @Mixin private LogFilters filters = new LogFilters();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Map<String, @Nullable String> more = new HashMap<>();
    more.put("q", words);
    HttpResponse<InputStream> answer = ConsoleClient.get(filters.question("/logs/export", more));
    long total = answer.headers().firstValueAsLong("X-Tocsin-Total").orElse(-1);
    long written;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      if (file == null) {
        written = copy(lines, spec.commandLine().getOut(), total);
      } else {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
          written = copy(lines, out, total);
        }
      }
    }
    if (written != total) {
      throw new UserError(
          "the export broke off after " + written + " of " + total + " events",
          "try again; the console's log says why");
    }
    spec.commandLine().getErr().println("exported " + number(written) + " events");
    spec.commandLine().getErr().flush();
    return 0;
  }

  private long copy(BufferedReader lines, PrintWriter out, long total) throws IOException {
    Progress progress =
        Progress.of(spec.commandLine().getErr(), "exported", "events").outOf(number(total));
    for (String line = lines.readLine();
        line != null && progress.count() < total && !line.startsWith("{\"error\":");
        line = lines.readLine()) {
      out.println(line);
      progress.step();
    }
    out.flush();
    if (out.checkError()) {
      throw new UserError("the events cannot be written", "see that the disk has room");
    }
    return progress.count();
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
