package io.tocsin.cli.indexer;

import io.tocsin.indexer.lifecycle.IndexSettings;
import io.tocsin.indexer.lifecycle.IndexSetup;
import io.tocsin.indexer.lifecycle.SetupStep;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin indexer setup}. */
@Command(
    name = "setup",
    description = {
      "Brings the templates of Tocsin's indices into the cluster; what is there already stays.",
      "The service does the same at its start. Indices that exist keep their mapping; tocsin"
          + " indexer reindex gives one of them today's."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin indexer setup --opensearch http://search:9200 --dry-run",
      "  tocsin indexer setup --config /etc/tocsin/tocsin.yaml"
    })
public final class SetUpIndices implements Callable<Integer> {

  @Option(names = "--dry-run", description = "show what would be done and change nothing")
  private boolean dryRun;

  @Mixin private ClusterFile file = new ClusterFile();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    return file.run(
        (cluster, config) -> {
          IndexSetup setup =
              new IndexSetup(cluster, new IndexSettings(config.shards(), config.replicas()));
          List<SetupStep> steps = dryRun ? setup.plan() : setup.apply();
          steps.forEach(step -> out.println(line(step)));
          out.flush();
          return 0;
        });
  }

  private static String line(SetupStep step) {
    return switch (step) {
      case SetupStep.Create create -> "+ " + create.what();
      case SetupStep.Update update -> "~ " + update.what();
      case SetupStep.Keep keep -> "= " + keep.what();
      case SetupStep.KeepNewer newer ->
          "= " + newer.what() + " (a newer Tocsin's, version " + newer.version() + ": kept)";
    };
  }
}
