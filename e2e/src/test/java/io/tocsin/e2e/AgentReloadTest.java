package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.faults.stage.PlatformProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP to a real agent's process. The broker is away, which must not matter. */
class AgentReloadTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void aGoodFileIsTakenAndABadOneIsNot() throws Exception {
    // Given
    Path config = write("  - file: { paths: [\"/none/api.log\"], service: api }\n");
    try (PlatformProcess agent =
        PlatformProcess.run("agent", "run", "--config", config.toString(), "--ops-port", "0")) {
      await().atMost(SOON).until(() -> agent.output().contains("running"));

      // When, then: a mistake is told with its line, and the agent goes on
      write("  - file: { paths: [\"/none/api.log\"], service: api, formt: json }\n");
      hangUp(agent);
      await().atMost(SOON).until(() -> agent.output().contains("the agent goes on as before"));
      assertThat(agent.output()).contains("agent.yaml:3").contains("did you mean 'format'");

      // When, then: a source more is opened, the other one is left alone
      write(
          "  - file: { paths: [\"/none/api.log\"], service: api }\n"
              + "  - file: { paths: [\"/none/ui.log\"], service: ui }\n");
      hangUp(agent);
      await()
          .atMost(SOON)
          .until(() -> agent.output().contains("1 sources go on, 1 opened, 0 closed"));
      assertThat(agent.stop()).isLessThan(Duration.ofSeconds(20));
    }
  }

  private static void hangUp(PlatformProcess agent) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-HUP", Long.toString(agent.pid())).start().waitFor())
        .isZero();
  }

  private Path write(String sources) throws IOException {
    return Files.writeString(
        folder.resolve("agent.yaml"),
        "agent: { name: edge-01, data: "
            + folder.resolve("data")
            + " }\nsources:\n"
            + sources
            + "kafka: { bootstrap-servers: \"127.0.0.1:1\" }\n");
  }
}
