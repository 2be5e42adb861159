package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.embedded.PseudoSerialPort;
import io.tocsin.faults.stage.PlatformProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real recording, from the bytes on a port to the documents in OpenSearch. */
class SerialToSearchTest {

  private static final long SEED = 20_251_210;

  @Test
  void everyFrameOfTheRecordingIsOneDocumentThroughAStopInTheMiddle(@TempDir Path folder)
      throws Exception {
    // Given a platform on a pseudo serial port
    Recording recording = Recording.load();
    int middle = afterFrameNear(recording.bytes(), recording.bytes().length / 2);
    Path link = folder.resolve("ttyUSB0");
    Path agent = agentFile(folder, link);
    Random random = new Random(SEED);
    List<JsonNode> telemetry;
    List<JsonNode> logs;
    try (PseudoSerialPort port = PseudoSerialPort.open(link)) {
      // When the first half is sent, the platform stopped and started, and the rest sent
      try (PlatformProcess up = start(folder, agent)) {
        awaitConnected(up, 1);
        send(port.toReader(), recording.bytes(), 0, middle, random);
        awaitFrames(up, recording, middle);
        assertThat(up.stop()).isLessThan(Duration.ofSeconds(15));
      }
      try (PlatformProcess up = start(folder, agent)) {
        awaitConnected(up, 2);
        send(port.toReader(), recording.bytes(), middle, recording.bytes().length, random);
        awaitFrames(up, recording, recording.bytes().length);
        Documents documents = new Documents(up.openSearch());
        telemetry = Documents.sources(documents.all("tocsin-telemetry-*"));
        logs = Documents.sources(documents.all("tocsin-logs-*"));
        up.stop();
      }
    }
    // Then there is exactly one document a frame, with exact numbers, and nothing else above DEBUG
    assertThat(telemetry)
        .extracting(SerialToSearchTest::numbers)
        .containsExactlyInAnyOrderElementsOf(recording.stats());
    assertThat(telemetry)
        .allSatisfy(
            document -> {
              assertThat(document.path("kind").asText()).isEqualTo("stat");
              assertThat(document.path("device").asText()).isEqualTo("charger-01");
              assertThat(document.path("service").asText()).isEqualTo("charger");
            });
    List<JsonNode> fromFrames =
        logs.stream()
            .filter(document -> !document.path("level").asText().equals("DEBUG"))
            .filter(document -> !document.path("event").asText().startsWith("serial_"))
            .toList();
    assertThat(fromFrames.stream().collect(countedBy(d -> d.path("level").asText())))
        .isEqualTo(recording.logged().stream().collect(countedBy(Recording.LoggedFrame::level)));
    assertThat(fromFrames.stream().filter(d -> d.path("event").asText().equals("ack")))
        .hasSize((int) recording.logged().stream().filter(f -> f.text().startsWith("ACK")).count());
  }

  private static PlatformProcess start(Path folder, Path agent)
      throws IOException, InterruptedException {
    return PlatformProcess.start(folder.resolve("data"), "--agent", agent.toString()).awaitReady();
  }

  private static void awaitConnected(PlatformProcess up, long times) {
    Documents documents = new Documents(up.openSearch());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> documents.count("tocsin-logs-*", "event:serial_connected") == times);
  }

  /** Waits for the documents of all frames that end before {@code until}. */
  private static void awaitFrames(PlatformProcess up, Recording recording, int until)
      throws IOException {
    String sent = new String(recording.bytes(), 0, until, StandardCharsets.ISO_8859_1);
    long stats = sent.split("<STAT;", -1).length - 1L;
    long others = sent.split("<", -1).length - 1L - stats;
    Documents documents = new Documents(up.openSearch());
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(documents.count("tocsin-telemetry-*", "*")).isEqualTo(stats);
              assertThat(
                      documents.count(
                          "tocsin-logs-*", "NOT%20event:serial_*%20AND%20NOT%20level:DEBUG"))
                  .isEqualTo(others);
            });
  }

  private static void send(OutputStream port, byte[] bytes, int from, int to, Random random)
      throws IOException {
    int at = from;
    while (at < to) {
      int length = Math.min(1 + random.nextInt(200), to - at);
      port.write(bytes, at, length);
      port.flush();
      at += length;
    }
  }

  /**
   * Frames cut by a stop are lost on a real wire, too; a stop between two of them loses nothing.
   */
  private static int afterFrameNear(byte[] bytes, int near) {
    int at = near;
    while (bytes[at - 1] != '>') {
      at++;
    }
    return at;
  }

  private static Map<String, Object> numbers(JsonNode document) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    document
        .path("values")
        .properties()
        .forEach(value -> numbers.put(value.getKey(), new BigDecimal(value.getValue().asText())));
    return numbers;
  }

  private static <T> Collector<T, ?, Map<String, Long>> countedBy(Function<T, String> key) {
    return Collectors.groupingBy(key, Collectors.counting());
  }

  private static Path agentFile(Path folder, Path port) throws IOException {
    return Files.writeString(
        folder.resolve("agent.yaml"),
        """
        agent: { name: edge-01, data: %s }
        sources:
          - serial:
              device: charger-01
              service: charger
              port: %s
              baud: 115200
              framing: { start: "<", end: ">", max-bytes: 4096 }
              parse: tagged-pairs
        """
            .formatted(folder.resolve("agent"), port));
  }
}
