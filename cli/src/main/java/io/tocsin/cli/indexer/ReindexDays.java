package io.tocsin.cli.indexer;

import io.tocsin.indexer.lifecycle.Reindexing;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin indexer reindex}. */
@Command(
    name = "reindex",
    description = {
      "Makes daily indices anew with today's templates, under the same names.",
      "The indexer may go on meanwhile. Until it is done, searches find less of that day. A run"
          + " that was stopped is continued by the same command. The index counts as written to,"
          + " so its retention begins anew."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin indexer reindex tocsin-logs-2026.11.21 --dry-run",
      "  tocsin indexer reindex tocsin-logs-2026.11.21 tocsin-logs-2026.11.20 --config tocsin.yaml"
    })
public final class ReindexDays implements Callable<Integer> {

  @Parameters(paramLabel = "INDEX", arity = "1..*", description = "daily indices")
  private List<String> indices = List.of();

  @Option(names = "--dry-run", description = "show what would be done and change nothing")
  private boolean dryRun;

  @Mixin private ClusterFile file = new ClusterFile();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    return file.run(
        (cluster, config) -> {
          Reindexing reindexing =
              new Reindexing(cluster, new Steps(spec.commandLine().getErr(), System::nanoTime));
          int missing = 0;
          for (String index : indices) {
            List<String> plan = reindexing.plan(index);
            if (plan.isEmpty()) {
              missing++;
              out.println("there is no index " + index);
            } else if (dryRun) {
              plan.forEach(step -> out.println("would " + step));
            } else {
              long documents = reindexing.apply(index);
              out.printf(Locale.ROOT, "made %s anew with %,d documents%n", index, documents);
            }
          }
          out.flush();
          return missing == 0 ? 0 : 1;
        });
  }
}
