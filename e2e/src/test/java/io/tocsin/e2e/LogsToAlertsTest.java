package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.event.Alert;
import io.tocsin.faults.stage.PlatformProcess;
import io.tocsin.faults.stage.Transitions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three recorded logs, tailed while they grow, through a kill of the whole process. */
class LogsToAlertsTest {

  private static final long SEED = 4_711;
  private static final int COUNT = 5;
  private static final Duration WITHIN = Duration.ofMinutes(1);

  @Test
  void everyLineIsOneDocumentAndEveryBurstRingsThroughAKill(@TempDir Path folder) throws Exception {
    // Given three logs that are still empty, and a platform that tails them
    List<ServiceLog> logs =
        List.of(ServiceLog.load("api"), ServiceLog.load("esp32"), ServiceLog.load("system"));
    Path logFolder = Files.createDirectory(folder.resolve("logs"));
    String[] arguments = {
      "--agent", agentFile(folder, logFolder).toString(), "--rules", rulesFile(folder).toString()
    };
    Random random = new Random(SEED);
    int lines = logs.stream().mapToInt(log -> log.lines().size()).sum();
    // When the process is killed in mid-file while they grow, and started again
    try (PlatformProcess up = PlatformProcess.start(folder.resolve("data"), arguments)) {
      up.awaitReady();
      append(logs, logFolder, 0.0, 0.4, random);
      Documents documents = new Documents(up.openSearch());
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> documents.count("tocsin-logs-*", "*") > lines / 10);
      append(logs, logFolder, 0.4, 0.6, random);
      up.kill();
    }
    append(logs, logFolder, 0.6, 0.8, random);
    List<JsonNode> indexed;
    List<Alert> alerts;
    try (PlatformProcess up = PlatformProcess.start(folder.resolve("data"), arguments)) {
      up.awaitReady();
      append(logs, logFolder, 0.8, 1.0, random);
      Documents documents = new Documents(up.openSearch());
      int transitions = 2 * logs.stream().mapToInt(log -> log.firings(COUNT, WITHIN).size()).sum();
      await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(
              () -> {
                assertThat(documents.count("tocsin-logs-*", "*")).isEqualTo(lines);
                assertThat(documents.count("tocsin-alerts-*", "*")).isEqualTo(transitions);
              });
      indexed = Documents.sources(documents.all("tocsin-logs-*"));
      alerts = Transitions.read(up.bootstrapServers());
      up.stop();
    }
    // Then each line is one document, and the transitions are those that rules.md demands
    for (ServiceLog log : logs) {
      assertThat(indexed.stream().filter(d -> d.path("service").asText().equals(log.service())))
          .extracting(LogsToAlertsTest::entry)
          .containsExactlyInAnyOrderElementsOf(log.entries());
      assertThat(transitions(alerts, log.service()))
          .containsExactlyElementsOf(expected(log.firings(COUNT, WITHIN)));
    }
  }

  private record Transition(Alert.Status status, Instant startsAt, Object value) {}

  private static List<Transition> transitions(List<Alert> alerts, String service) {
    return alerts.stream()
        .filter(alert -> service.equals(alert.group().get("service")))
        .map(
            alert ->
                new Transition(
                    alert.status(),
                    alert.startsAt(),
                    alert.status() == Alert.Status.FIRING ? alert.value() : null))
        .toList();
  }

  private static List<Transition> expected(List<ServiceLog.Firing> firings) {
    List<Transition> expected = new ArrayList<>();
    for (ServiceLog.Firing firing : firings) {
      expected.add(new Transition(Alert.Status.FIRING, firing.startsAt(), firing.value()));
      expected.add(new Transition(Alert.Status.RESOLVED, firing.startsAt(), null));
    }
    return expected;
  }

  private static ServiceLog.Entry entry(JsonNode document) {
    return new ServiceLog.Entry(
        Instant.parse(document.path("ts").asText()),
        document.path("level").asText(),
        document.path("message").asText());
  }

  /** Writes a share of each log in pieces that end anywhere, as a buffered writer does. */
  private static void append(
      List<ServiceLog> logs, Path folder, double from, double to, Random random)
      throws IOException {
    for (ServiceLog log : logs) {
      Path file = folder.resolve(log.service() + ".log");
      byte[] all = (String.join("\n", log.lines()) + "\n").getBytes(StandardCharsets.UTF_8);
      int at = (int) (all.length * from);
      int end = (int) (all.length * to);
      while (at < end) {
        int length = Math.min(1 + random.nextInt(8_192), end - at);
        Files.write(
            file,
            Arrays.copyOfRange(all, at, at + length),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
        at += length;
      }
    }
  }

  private static Path agentFile(Path folder, Path logs) throws IOException {
    StringBuilder yaml = new StringBuilder();
    yaml.append("agent: { name: edge-01, data: ").append(folder.resolve("agent")).append(" }\n");
    yaml.append("sources:\n");
    for (String service : List.of("api", "esp32", "system")) {
      yaml.append(
          """
            - file:
                paths: [%s]
                service: %s
                format: json
                fields: { ts: timestamp, level: level, event: type, message: message }
                zone: Europe/Istanbul
                start: beginning
          """
              .formatted(logs.resolve(service + ".log"), service));
    }
    return Files.writeString(folder.resolve("agent.yaml"), yaml);
  }

  private static Path rulesFile(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("rules.yaml"),
        """
        rules:
          - name: error-burst
            severity: high
            match: { level: ERROR }
            group-by: [service]
            count: %d
            within: 1m
            summary: "{value} errors in {within} from {service}"
        """
            .formatted(COUNT));
  }
}
