package io.tocsin.cli.shared;

import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which Kafka cluster. */
public final class ClusterOptions {

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private Where where = new Where();

  static final class Where {
    @Option(
        names = "--bootstrap-servers",
        paramLabel = "HOST:PORT",
        description = "a cluster that asks for no credentials (default: that of tocsin up)")
    private @Nullable String bootstrapServers;

    @Option(
        names = "--kafka-config",
        paramLabel = "FILE",
        description =
            "YAML with bootstrap-servers and any client property; secrets as"
                + " { env: NAME } or { file: PATH }")
    private @Nullable Path config;
  }

  /** Whether a cluster was named. */
  public boolean isGiven() {
    return where.config != null || where.bootstrapServers != null;
  }

  /**
   * How it is reached.
   *
   * @throws io.tocsin.bootstrap.UserError when the file is missing or wrong
   */
  public KafkaSettings kafka() {
    if (where.config != null) {
      return ConfigReader.read(where.config, KafkaSettings.class);
    }
    String servers = where.bootstrapServers;
    return KafkaSettings.of(servers == null ? "127.0.0.1:9092" : servers);
  }
}
