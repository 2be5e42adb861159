package io.tocsin.cli.topics;

import io.tocsin.topics.Definitions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which topics. */
final class DefinitionsOption {

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "topic definitions (default: those that Tocsin ships)")
  private @Nullable Path file;

  Definitions read() {
    return file == null ? Definitions.builtIn() : Definitions.read(file);
  }
}
