package io.tocsin.cli.services;

import io.tocsin.agent.AgentFile;
import io.tocsin.agent.AgentSettings;
import io.tocsin.agent.parse.LineSettings;
import io.tocsin.agent.source.stdin.StdinConfig;
import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.cli.agent.DistCommand;
import io.tocsin.cli.agent.RehearseCommand;
import io.tocsin.cli.agent.SchemaCommand;
import io.tocsin.cli.agent.SpoolCommand;
import io.tocsin.cli.agent.TailStateCommand;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
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
    subcommands = {
      AgentCommand.Run.class,
      AgentCommand.Validate.class,
      TailStateCommand.class,
      SpoolCommand.class,
      SchemaCommand.class,
      DistCommand.class,
      RehearseCommand.class
    })
public final class AgentCommand {

  /** {@code tocsin agent run}. */
  @Command(
      name = "run",
      description = "Runs the agent in the foreground until it is told to stop.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = {
        "  tocsin agent run --config /etc/tocsin/agent.yaml",
        "  some-program | tocsin agent run --stdin --service api"
      })
  static final class Run implements Callable<Integer> {

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "the agent's YAML file; with --stdin its sources are left alone")
    private @Nullable Path config;

    @ArgGroup(exclusive = false)
    private @Nullable Pipe pipe;

    @Option(
        names = "--ops-host",
        paramLabel = "ADDRESS",
        defaultValue = AgentRun.HOST,
        description = "where /healthz, /readyz and /metrics listen (default: ${DEFAULT-VALUE})")
    private String opsHost = AgentRun.HOST;

    @Option(
        names = "--ops-port",
        paramLabel = "PORT",
        defaultValue = "" + AgentRun.PORT,
        description = "its port; 0 for any free one (default: ${DEFAULT-VALUE})")
    private int opsPort;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
      AgentRun run = new AgentRun(opsHost, opsPort, commandLine().getOut(), commandLine().getErr());
      if (pipe == null) {
        return run.of(config());
      }
      AgentFile file = config == null ? null : ConfigReader.read(config, AgentFile.class);
      return run.ofPipe(pipe.over(file), config);
    }

    private Path config() {
      if (config == null) {
        throw new UserError(
            "nothing says what to read",
            "name the agent's file with --config, or pipe with --stdin");
      }
      return config;
    }

    private CommandLine commandLine() {
      return spec.commandLine();
    }
  }

  /** What is piped in. */
  static final class Pipe {

    @Option(
        names = "--stdin",
        required = true,
        description = "reads the lines that are piped in, and ends when they do")
    @SuppressWarnings("UnusedVariable") // that it is there is what makes a pipe
    private boolean stdin;

    @Option(
        names = "--service",
        paramLabel = "NAME",
        required = true,
        description = "with --stdin: which program is piped in")
    private String service = "";

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        defaultValue = "text",
        description = "with --stdin: json, text, logfmt or syslog (default: ${DEFAULT-VALUE})")
    private LineSettings.Format format = LineSettings.Format.TEXT;

    @Option(
        names = "--data",
        paramLabel = "DIRECTORY",
        description = "with --stdin: the folder of the spool (default: that of --config)")
    private @Nullable Path data;

    @Option(
        names = "--bootstrap-servers",
        paramLabel = "HOST:PORT",
        description = "with --stdin: the cluster (default: that of --config, or 127.0.0.1:9092)")
    private @Nullable String servers;

    /** The same agent and cluster as in a file, if there is one, with the pipe for a source. */
    AgentFile over(@Nullable AgentFile file) {
      AgentSettings agent =
          file != null ? file.agent() : ConfigReader.read("defaults", "{}", AgentSettings.class);
      if (data != null) {
        agent = new AgentSettings(agent.name(), data, agent.spoolMax());
      }
      KafkaSettings kafka = file == null ? null : file.kafka();
      return AgentFile.ofPipe(
          agent,
          StdinConfig.of(service, format),
          servers == null ? kafka : KafkaSettings.of(servers),
          file == null ? null : file.redact());
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
