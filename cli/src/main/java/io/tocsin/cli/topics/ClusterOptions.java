package io.tocsin.cli.topics;

import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.topics.Definitions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which cluster, and which definitions. */
final class ClusterOptions {

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Where where = new Where();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "topic definitions (default: those that Tocsin ships)")
  private @Nullable Path file;

  static final class Where {
    @Option(
        names = "--bootstrap-servers",
        paramLabel = "HOST:PORT",
        description = "a cluster that asks for no credentials")
    private @Nullable String bootstrapServers;

    @Option(
        names = "--kafka-config",
        paramLabel = "FILE",
        description =
            "YAML with bootstrap-servers and any client property; secrets as"
                + " { env: NAME } or { file: PATH }")
    private @Nullable Path config;
  }

  KafkaSettings kafka() {
    if (where.config != null) {
      return ConfigReader.read(where.config, KafkaSettings.class);
    }
    return KafkaSettings.of(where.bootstrapServers == null ? "" : where.bootstrapServers);
  }

  Definitions definitions() {
    return file == null ? Definitions.builtIn() : Definitions.read(file);
  }
}
