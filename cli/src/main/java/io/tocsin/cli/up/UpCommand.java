package io.tocsin.cli.up;

import io.tocsin.bootstrap.StopSignal;
import io.tocsin.bootstrap.UserError;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin up}. */
@Command(
    name = "up",
    description = {
      "Runs the whole platform in the foreground: Kafka, OpenSearch, agent, alerting, indexer,",
      "notifier and console. Ctrl-C stops it in order; started again it carries on."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin up                                   a simulated station and services to look at",
      "  tocsin up --no-demo                         the platform alone",
      "  tocsin up --agent agent.yaml                your own devices and logs",
      "  tocsin up --agent agent.yaml --rules rules.yaml --data /srv/tocsin",
      "  SLACK_WEBHOOK_URL=https://… tocsin up       alerts go to Slack"
    })
public final class UpCommand implements Callable<Integer> {

  @Option(
      names = "--agent",
      paramLabel = "FILE",
      description =
          "run on this agent file instead of the simulation; its kafka: section, when it"
              + " has one, replaces the embedded broker")
  private @Nullable Path agent;

  @Option(names = "--no-demo", description = "leave the simulation out")
  private boolean noDemo;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      arity = "1..*",
      description = "alert rules (default: the demo's with the demo, else the default pack)")
  private List<Path> rules = List.of();

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "where everything is kept between runs (default: .tocsin in the checkout)")
  private @Nullable Path data;

  @Option(
      names = "--notifier",
      paramLabel = "FILE",
      description =
          "who is told, and how (default: Slack when SLACK_WEBHOOK_URL is set, else here)")
  private @Nullable Path notifier;

  @Option(
      names = "--opensearch",
      paramLabel = "URL",
      description = "use this OpenSearch instead of the embedded one")
  private @Nullable URI opensearch;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "console, API and metrics (default: ${DEFAULT-VALUE})")
  private int httpPort;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "the embedded broker (default: ${DEFAULT-VALUE})")
  private int kafkaPort;

  @Option(
      names = "--opensearch-port",
      paramLabel = "PORT",
      defaultValue = "9200",
      description = "the embedded search node (default: ${DEFAULT-VALUE})")
  private int opensearchPort;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Terminal terminal = Terminal.ofProcess(spec.commandLine().getOut());
    try (StopSignal stop = StopSignal.listen();
        Platform platform = new Platform(options(), terminal, Clock.systemUTC())) {
      platform.start(stop);
      platform.showStatusUntil(stop);
    }
    return 0;
  }

  private UpOptions options() {
    for (int port : new int[] {httpPort, kafkaPort, opensearchPort}) {
      if (port < 0 || port > 65_535) {
        throw new UserError("no port has the number " + port, "give one from 1 to 65535, or 0");
      }
    }
    Path home = Path.of(System.getProperty("tocsin.home", "."));
    return new UpOptions(
        data == null ? home.resolve(".tocsin") : data,
        agent,
        agent == null && !noDemo,
        rules,
        notifier,
        opensearch,
        httpPort,
        kafkaPort,
        opensearchPort);
  }
}
