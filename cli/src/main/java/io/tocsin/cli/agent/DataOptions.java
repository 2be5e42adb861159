package io.tocsin.cli.agent;

import io.tocsin.agent.AgentFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Whose memory to look at. */
final class DataOptions {

  @ArgGroup(multiplicity = "1")
  private Where where = new Where();

  static final class Where {
    @Option(names = "--config", paramLabel = "FILE", description = "the agent's YAML file")
    private @Nullable Path config;

    @Option(names = "--data", paramLabel = "DIRECTORY", description = "its agent.data folder")
    private @Nullable Path data;
  }

  /** The agent's data folder. */
  Path folder() {
    if (where.data != null) {
      return where.data;
    }
    Path file = where.config == null ? Path.of("agent.yaml") : where.config;
    return AgentFile.read(file).agent().data();
  }
}
