package io.tocsin.cli.topics;

import io.tocsin.cli.shared.ClusterOptions;
import io.tocsin.cli.shared.Confirmation;
import io.tocsin.topics.Plan;
import io.tocsin.topics.TopicAdmin;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin topics}. */
@Command(
    name = "topics",
    description = "Topics as code: shows and makes the difference between a cluster and its files.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TopicsCommand.PlanTopics.class, TopicsCommand.ApplyTopics.class})
public final class TopicsCommand {

  /** {@code tocsin topics plan}. */
  @Command(
      name = "plan",
      description = "Shows what apply would do, and changes nothing.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  tocsin topics plan --bootstrap-servers kafka:9092")
  static final class PlanTopics implements Callable<Integer> {

    @Mixin private ClusterOptions cluster = new ClusterOptions();
    @Mixin private DefinitionsOption definitions = new DefinitionsOption();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      try (TopicAdmin admin = TopicAdmin.connect(cluster.kafka(), TopicAdmin.DEFAULT_TIMEOUT)) {
        spec.commandLine().getOut().println(admin.plan(definitions.read()).text());
      }
      return 0;
    }
  }

  /** {@code tocsin topics apply}. */
  @Command(
      name = "apply",
      description = "Makes the cluster's topics as the definitions say; others are left alone.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  tocsin topics apply --bootstrap-servers kafka:9092",
        "  tocsin topics apply --kafka-config kafka.yaml --yes"
      })
  static final class ApplyTopics implements Callable<Integer> {

    @Mixin private ClusterOptions cluster = new ClusterOptions();
    @Mixin private DefinitionsOption definitions = new DefinitionsOption();

    @Option(names = "--yes", description = "do not ask")
    private boolean yes;

    @Option(names = "--dry-run", description = "show the plan and change nothing")
    private boolean dryRun;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try (TopicAdmin admin = TopicAdmin.connect(cluster.kafka(), TopicAdmin.DEFAULT_TIMEOUT)) {
        Plan plan = admin.plan(definitions.read());
        out.println(plan.text());
        if (plan.isEmpty() || dryRun) {
          return 0;
        }
        if (!yes && !Confirmation.ask("apply", spec.commandLine().getErr())) {
          out.println("Nothing was changed.");
          return 1;
        }
        admin.apply(plan);
        out.println("Done.");
      }
      return 0;
    }
  }
}
