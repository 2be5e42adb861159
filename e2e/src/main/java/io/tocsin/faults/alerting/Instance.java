package io.tocsin.faults.alerting;

import io.tocsin.faults.stage.PlatformProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An instance of alerting, which runs or does not, over a state folder that it keeps. */
final class Instance implements AutoCloseable {

  private final Path config;
  private @Nullable PlatformProcess process;

  Instance(Path folder, String name, String bootstrapServers, Path rules) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    this.config =
        Files.writeString(
            own.resolve("tocsin.yaml"),
            """
            kafka: { bootstrap-servers: "%s" }
            ops: { port: 0 }
            alerting: { state-dir: "%s", rules: ["%s"] }
            """
                .formatted(bootstrapServers, own.resolve("state"), rules));
  }

  void start() throws IOException {
    if (process == null) {
      process = PlatformProcess.run("alerting", "run", "--config", config.toString());
    }
  }

  /** {@code kill -9}. */
  void kill() throws IOException, InterruptedException {
    if (process != null) {
      process.kill();
      process.close();
      process = null;
    }
  }

  /** An orderly stop, so that the other instance takes over. */
  void stop() throws IOException, InterruptedException {
    if (process != null) {
      process.stop();
      process.close();
      process = null;
    }
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      process.close();
      process = null;
    }
  }
}
