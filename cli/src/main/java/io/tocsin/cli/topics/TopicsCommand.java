package io.tocsin.cli.topics;

import io.tocsin.topics.Plan;
import io.tocsin.topics.TopicAdmin;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
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
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      try (TopicAdmin admin = TopicAdmin.connect(cluster.kafka(), TopicAdmin.DEFAULT_TIMEOUT)) {
        spec.commandLine().getOut().println(admin.plan(cluster.definitions()).text());
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

    @Option(names = "--yes", description = "do not ask")
    private boolean yes;

    @Option(names = "--dry-run", description = "show the plan and change nothing")
    private boolean dryRun;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try (TopicAdmin admin = TopicAdmin.connect(cluster.kafka(), TopicAdmin.DEFAULT_TIMEOUT)) {
        Plan plan = admin.plan(cluster.definitions());
        out.println(plan.text());
        if (plan.isEmpty() || dryRun) {
          return 0;
        }
        if (!yes && !agreed()) {
          out.println("Nothing was changed.");
          return 1;
        }
        admin.apply(plan);
        out.println("Done.");
      }
      return 0;
    }

    /** Asks on a terminal; without one, only {@code --yes} is agreement. */
    private boolean agreed() {
      Optional<Console> terminal =
          Optional.ofNullable(System.console()).filter(Console::isTerminal);
      if (terminal.isEmpty()) {
        spec.commandLine().getErr().println("no terminal to ask on; give --yes to apply");
        return false;
      }
      String answer = terminal.get().readLine("Apply? [y/N] ");
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
  }
}
