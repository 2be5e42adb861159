package io.tocsin.cli.services;

import io.tocsin.agent.AgentFile;
import io.tocsin.agent.AgentService;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.bootstrap.http.HttpServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin agent}. */
@Command(
    name = "agent",
    description = "The edge: reads devices and logs, and publishes them to Kafka without a loss.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {AgentCommand.Run.class, AgentCommand.Validate.class})
public final class AgentCommand {

  /** {@code tocsin agent run}. */
  @Command(
      name = "run",
      description = "Runs the agent in the foreground until it is told to stop.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  tocsin agent run --config /etc/tocsin/agent.yaml")
  static final class Run implements Callable<Integer> {

    @Option(
        names = "--config",
        paramLabel = "FILE",
        required = true,
        description = "the agent's YAML file")
    private Path config = Path.of("agent.yaml");

    @Option(
        names = "--ops-host",
        paramLabel = "ADDRESS",
        defaultValue = "127.0.0.1",
        description = "where /healthz, /readyz and /metrics listen (default: ${DEFAULT-VALUE})")
    private String opsHost = "127.0.0.1";

    @Option(
        names = "--ops-port",
        paramLabel = "PORT",
        defaultValue = "8081",
        description = "its port; 0 for any free one (default: ${DEFAULT-VALUE})")
    private int opsPort;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
      AgentFile file = ConfigReader.read(config, AgentFile.class);
      KafkaSettings kafka = file.kafka();
      if (kafka == null) {
        throw new UserError(
            config + " names no Kafka cluster",
            "add to it: kafka: { bootstrap-servers: \"kafka:9092\" }");
      }
      Metrics metrics = new Metrics();
      HttpServer http = HttpServer.listen(opsHost, opsPort);
      return ServiceRunner.run(
          new AgentService(file, kafka, http, metrics, Clock.systemUTC()),
          http,
          metrics,
          spec.commandLine().getOut());
    }
  }

  /** {@code tocsin agent validate}. */
  @Command(
      name = "validate",
      description = "Checks an agent's file; every problem with its line. Exit status 0 or 2.",
      mixinStandardHelpOptions = true)
  static final class Validate implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "the agent's YAML file")
    private Path file = Path.of("agent.yaml");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      AgentFile agent = ConfigReader.read(file, AgentFile.class);
      int count = agent.sources().size();
      spec.commandLine()
          .getOut()
          .println(file + ": good, " + count + (count == 1 ? " source" : " sources"));
      return 0;
    }
  }
}
