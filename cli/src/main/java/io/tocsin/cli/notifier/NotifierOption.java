package io.tocsin.cli.notifier;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The file that these commands are about. */
final class NotifierOption {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "a notifier's YAML file, or a tocsin.yaml with a section notifier")
  private Path config = Path.of("tocsin.yaml");

  NotifierFile read() {
    return NotifierFile.read(config);
  }
}
