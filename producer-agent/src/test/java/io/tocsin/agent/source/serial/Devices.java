package io.tocsin.agent.source.serial;

import io.tocsin.bootstrap.config.ConfigReader;
import java.nio.file.Path;

/** Configurations as a file would have them. */
final class Devices {

  private Devices() {}

  /** The charging station of the design, on a port, with further keys. */
  static SerialConfig charger(Path port, String... more) {
    return ConfigReader.read(
        "agent.yaml",
        """
        device: charger-01
        service: charger
        port: %s
        framing: { start: "<", end: ">", max-bytes: 4096 }
        parse: tagged-pairs
        """
                .formatted(port)
            + String.join("\n", more),
        SerialConfig.class);
  }
}
