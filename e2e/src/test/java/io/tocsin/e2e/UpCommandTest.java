package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.faults.stage.PlatformProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer meets: the demo, and each way a start can fail. */
class UpCommandTest {

  private static final List<String> PORTS =
      List.of("--http-port", "--kafka-port", "--opensearch-port");

  @Test
  void theDemoRingsAndResolvesInFrontOfANewcomer(@TempDir Path folder) throws Exception {
    try (PlatformProcess up = PlatformProcess.start(folder.resolve("data"))) {
      // Given
      up.awaitReady();
      // When, then: an alert fires, and the same alert resolves
      await()
          .atMost(Duration.ofSeconds(120))
          .untilAsserted(
              () -> {
                JsonNode history = json(up, "/alerts?status=resolved");
                assertThat(history.toString()).contains("api-error-burst");
                assertThat(up.output()).containsIgnoringCase("resolved");
              });
      // And everything that the README promises answers
      assertThat(PlatformProcess.get(up.console(), "/").body()).contains("<html");
      assertThat(PlatformProcess.get(up.console(), "/readyz").statusCode()).isEqualTo(200);
      assertThat(PlatformProcess.get(up.console(), "/healthz").statusCode()).isEqualTo(200);
      assertThat(PlatformProcess.get(up.console(), "/metrics").body()).contains("tocsin_agent_");
      assertThat(json(up, "/logs/recent?service=api&level=ERROR&since=15m").path("events"))
          .isNotEmpty();
      assertThat(json(up, "/system/checks/latest").toString()).contains("api");
      assertThat(up.stop()).isLessThan(Duration.ofSeconds(15));
      assertThat(up.output()).contains("Stopped.");
    }
  }

  @Test
  void aSecondUpOnTheSameDataSaysWhoHoldsIt(@TempDir Path folder) throws Exception {
    try (PlatformProcess first = PlatformProcess.start(folder, "--no-demo")) {
      // Given
      first.awaitPrinted("Starting Kafka");
      // When
      try (PlatformProcess second = PlatformProcess.start(folder, "--no-demo")) {
        // Then
        assertThat(second.awaitExit()).isEqualTo(2);
        assertThat(second.output())
            .contains("another tocsin up runs on " + folder + " (process " + first.pid() + ")")
            .doesNotContain("Exception");
      }
    }
  }

  @Test
  void aTakenPortIsNamed(@TempDir Path folder) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (String option : PORTS) {
        List<String> command = new ArrayList<>(List.of("up", "--no-demo", "--data"));
        command.add(folder.resolve(option).toString());
        PORTS.forEach(
            port -> command.add(port + "=" + (port.equals(option) ? taken.getLocalPort() : 0)));
        try (PlatformProcess up = PlatformProcess.run(command.toArray(String[]::new))) {
          assertThat(up.awaitExit()).isEqualTo(2);
          assertThat(up.output())
              .contains(Integer.toString(taken.getLocalPort()))
              .doesNotContain("Exception");
        }
      }
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed(@TempDir Path folder) throws Exception {
    // A file in the folder's place stops root, too.
    Path file = Files.createFile(folder.resolve("file"));
    try (PlatformProcess up = PlatformProcess.start(file.resolve("data"), "--no-demo")) {
      assertThat(up.awaitExit()).isEqualTo(2);
      assertThat(up.output()).contains("cannot write to the data folder").contains("--data");
    }
  }

  @Test
  void everyProblemOfAnAgentFileIsToldBeforeAnythingStarts(@TempDir Path folder) throws Exception {
    Path agent =
        Files.writeString(
            folder.resolve("agent.yaml"),
            "agent: { nme: x }\nsources:\n  - serial: { device: d, baud: fast }\n");
    try (PlatformProcess up =
        PlatformProcess.start(folder.resolve("data"), "--agent", agent.toString())) {
      assertThat(up.awaitExit()).isEqualTo(2);
      assertThat(up.output())
          .contains("agent.yaml:1: agent.nme")
          .contains("agent.yaml:3: sources[0].serial.baud: 'fast'")
          .doesNotContain("Starting Kafka");
    }
  }

  private static JsonNode json(PlatformProcess up, String path) throws Exception {
    return Documents.JSON.readTree(PlatformProcess.get(up.console(), path).body());
  }
}
