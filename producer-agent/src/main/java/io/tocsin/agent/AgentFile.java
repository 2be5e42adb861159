package io.tocsin.agent;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.agent.source.stdin.StdinConfig;
import io.tocsin.agent.transform.RedactSettings;
import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.ConfigValues;
import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The agent's file. */
public record AgentFile(
    @Default("{}") @Doc("the agent itself") AgentSettings agent,
    @Doc("what is read, each entry under one key") List<SourceConfig> sources,
    @Doc("the cluster; else the embedded broker") @Nullable KafkaSettings kafka,
    @Doc("what is made unreadable in the records of every source")
        @Nullable RedactSettings redact) {

  public AgentFile {
    require(!sources.isEmpty(), "sources", null, "must name at least one source");
    requireNames(sources);
    requireAddresses(sources);
  }

  private static void requireNames(List<SourceConfig> sources) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < sources.size(); i++) {
      String name = sources.get(i).sourceName();
      require(
          !name.equals(RESERVED), at(i), name, "is the agent's own; give the source another name");
      require(names.add(name), at(i), name, "names two sources; give one its own name");
    }
  }

  /** Of two sources at one address, only one would get what is sent there. */
  private static void requireAddresses(List<SourceConfig> sources) {
    @Nullable String first = null;
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i) instanceof SourceConfig.Http http && http.config().port() == null) {
        require(
            first == null,
            at(i),
            http.sourceName(),
            "has no port, as "
                + first
                + " has none: both would answer at the process's own"
                + " address; give one of them a port of its own, such as port: 8082");
        first = http.sourceName();
      }
    }
  }

  private static String at(int index) {
    return "sources[" + index + "]";
  }

  /** The source under which the agent reports about itself. */
  static final String RESERVED = "agent";

  /** A file with nothing in it but what another program pipes in. */
  public static AgentFile ofPipe(
      AgentSettings agent,
      StdinConfig stdin,
      @Nullable KafkaSettings kafka,
      @Nullable RedactSettings redact) {
    return new AgentFile(agent, List.of(new SourceConfig.Stdin(stdin)), kafka, redact);
  }

  /**
   * Refuses a file that a running agent cannot take: its name is part of ids, its folder holds the
   * spool, and what is under way is on its way to one cluster.
   *
   * @throws UserError that says what needs a restart
   */
  void requireSameAgent(AgentFile fresh) {
    String changed =
        !ConfigValues.same(agent, fresh.agent)
            ? "agent"
            : !ConfigValues.same(kafka, fresh.kafka) ? "kafka" : "";
    if (!changed.isEmpty()) {
      throw new UserError(
          "what stands under " + changed + " has changed", "restart the agent: this needs one");
    }
  }

  /**
   * Whether all but the sources is the same, so that a source left alone does the same as before.
   */
  boolean treatsAlike(AgentFile fresh) {
    return ConfigValues.sameBut("sources", this, fresh);
  }

  /**
   * Reads the file.
   *
   * @throws io.tocsin.bootstrap.config.ConfigException with every problem in it
   */
  public static AgentFile read(Path file) {
    return ConfigReader.read(file, AgentFile.class);
  }
}
