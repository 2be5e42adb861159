package io.tocsin.cli.indexer;

import io.tocsin.indexer.lifecycle.Lifecycle;
import io.tocsin.indexer.lifecycle.LifecycleStep;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin indexer lifecycle}. */
@Command(
    name = "lifecycle",
    description = {
      "Compresses, merges, copies and deletes daily indices that nobody writes to any more.",
      "The service does the same once a day (indexer.lifecycle.every). All times count from an"
          + " index's last write; an index that is seen for the first time counts as written now."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin indexer lifecycle --dry-run",
      "  tocsin indexer lifecycle --config /etc/tocsin/tocsin.yaml"
    })
public final class SeeToIndices implements Callable<Integer> {

  @Option(names = "--dry-run", description = "show what is due and change nothing")
  private boolean dryRun;

  @Mixin private ClusterFile file = new ClusterFile();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    return file.run(
        (cluster, config) -> {
          Lifecycle lifecycle =
              new Lifecycle(cluster, config.lifecycle(), config.shards(), Clock.systemUTC());
          if (dryRun) {
            List<LifecycleStep> due = lifecycle.plan();
            due.forEach(step -> out.println("would " + step.text()));
            out.println(due.isEmpty() ? "nothing is due" : due.size() + " steps are due");
          } else {
            List<LifecycleStep> done =
                lifecycle.apply(new Steps(spec.commandLine().getErr(), System::nanoTime));
            done.forEach(step -> out.println("did " + step.text()));
            out.println(done.isEmpty() ? "nothing was due" : done.size() + " steps done");
          }
          out.flush();
          return 0;
        });
  }
}
