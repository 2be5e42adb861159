package io.tocsin.cli.services;

import io.tocsin.bootstrap.config.ConfigReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every service's {@code run} takes. */
final class ServiceOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the services' YAML file; without it, everything is on this machine")
  @Nullable Path config;

  ServicesFile read() {
    return config == null
        ? ConfigReader.read("defaults", "{}", ServicesFile.class)
        : ConfigReader.read(config, ServicesFile.class);
  }
}
