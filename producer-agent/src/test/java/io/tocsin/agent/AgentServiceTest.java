package io.tocsin.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tocsin.agent.KafkaBox.Got;
import io.tocsin.agent.source.SourceStatus;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.embedded.PseudoSerialPort;
import io.tocsin.event.SourceId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent on a real broker: a log file and a device on a pseudo serial port. */
class AgentServiceTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir static Path brokerDir;
  private static KafkaBox kafka;
  private static int tests;

  @TempDir Path dir;
  private String device;
  private String service;
  private PseudoSerialPort port;
  private Metrics metrics = new Metrics();

  @BeforeAll
  static void startBroker() {
    kafka = new KafkaBox(brokerDir);
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @BeforeEach
  void plugIn() throws Exception {
    tests++;
    device = "charger-" + tests;
    service = "api-" + tests;
    port = PseudoSerialPort.open(dir.resolve("ttyUSB0"));
  }

  @AfterEach
  void unplug() throws Exception {
    port.close();
  }

  @Test
  void linesAndFramesArriveWithKeysAndIds() throws Exception {
    try (AgentService agent = started(kafka.settings())) {
      // When
      lines("hello");
      frames(agent, 1, 3);
      await().atMost(SOON).until(() -> kafka.telemetry(device).size() == 2);
      await().atMost(SOON).until(() -> kafka.logs(service).size() == 1);

      // Then
      Got line = kafka.logs(service).getFirst();
      assertThat(line.key()).isEqualTo(service);
      assertThat(line.text("message")).isEqualTo("hello");
      assertThat(SourceId.parse(line.text("id")).orElseThrow())
          .satisfies(
              id -> {
                assertThat(id.agent()).isEqualTo("edge-01");
                assertThat(id.source()).isEqualTo(service);
                assertThat(id.sequence()).isZero();
              });
      Got measured = kafka.telemetry(device).getFirst();
      assertThat(measured.key()).isEqualTo(device);
      assertThat(measured.text("service")).isEqualTo("charger");
      assertThat(measured.text("kind")).isEqualTo("stat");
      assertThat(measured.object("values")).hasToString("{N=1, STATE=2}");
      assertThat(SourceId.parse(measured.text("id")).orElseThrow().source()).isEqualTo(device);
      await().atMost(SOON).until(() -> agent.status().spoolRecords() == 0);
      assertThat(agent.readiness().ready()).isTrue();
      assertThat(agent.status().sources().keySet()).containsExactly(device, service);
      assertThat(new String(metrics.text(), UTF_8))
          .contains("tocsin_agent_records_read_total{source=\"" + service + "\"} 1.0")
          .contains("tocsin_agent_published_records_total{topic=\"tocsin.telemetry\"} 2.0")
          .contains("tocsin_agent_spool_bytes");
    }
  }

  @Test
  void aBrokerThatGoesAndComesBackCostsNothing() throws Exception {
    try (AgentService agent = started(kafka.settings())) {
      // Given
      writeBoth(agent, 0, 200);
      await().atMost(SOON).until(() -> kafka.telemetry(device).size() == 200);

      // When
      kafka.stop();
      writeBoth(agent, 200, 600);
      assertThat(agent.status().spoolRecords()).isPositive();
      kafka.restart();
      writeBoth(agent, 600, 800);

      // Then
      expectEach(800);
    }
  }

  @Test
  void anAgentThatIsStoppedWhileTheBrokerIsAwayGoesOnAfterwards() throws Exception {
    // Given
    AgentService first = started(kafka.settings());
    writeBoth(first, 0, 100);
    await().atMost(SOON).until(() -> kafka.telemetry(device).size() == 100);
    kafka.stop();
    writeBoth(first, 100, 300);

    // When
    long began = System.nanoTime();
    first.close();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    lines(300, 350);
    kafka.restart();
    try (AgentService second = started(kafka.settings())) {
      frames(second, 300, 350);

      // Then
      assertThat(took).isLessThan(Duration.ofSeconds(10));
      expectEach(350);
    }
  }

  @Test
  void stopsAndStartsInTheMiddleChangeNothing() throws Exception {
    // When
    for (int round = 0; round < 4; round++) {
      try (AgentService agent = started(kafka.settings())) {
        writeBoth(agent, round * 100, round * 100 + 100);
      }
    }

    // Then
    try (AgentService ignored = started(kafka.settings())) {
      expectEach(400);
      assertThat(kafka.telemetry(device)).as("a clean stop sends nothing twice").hasSize(400);
      assertThat(kafka.logs(service)).hasSize(400);
    }
  }

  @Test
  void aBrokerThatIsNotThereIsWaitedForAndClosingIsQuick() throws Exception {
    // Given
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      AgentService agent = started(KafkaSettings.of("127.0.0.1:" + silent.getLocalPort()));
      writeBoth(agent, 0, 50);

      // When
      long began = System.nanoTime();
      agent.close();

      // Then
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
      assertThat(agent.readiness().ready()).isFalse();
    }
    try (AgentService ignored = started(kafka.settings())) {
      expectEach(50);
    }
  }

  @Test
  void twoAgentsOnOneFolderAreRefused() {
    try (AgentService ignored = started(kafka.settings())) {
      assertThatThrownBy(() -> started(kafka.settings()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("another agent uses the spool");
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsOneClearError() throws Exception {
    Files.writeString(dir.resolve("data"), "a file where the folder should be");
    assertThatThrownBy(() -> started(kafka.settings()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(dir.resolve("data").toString());
  }

  private AgentService started(KafkaSettings settings) {
    metrics = new Metrics();
    String yaml =
        """
        agent: { name: edge-01, data: %1$s/data }
        sources:
          - serial:
              device: %2$s
              service: charger
              port: %1$s/ttyUSB0
              framing: { start: "<", end: ">" }
              parse: tagged-pairs
          - file: { paths: ["%1$s/api.log"], service: %3$s }
        """
            .formatted(dir, device, service);
    AgentFile file = ConfigReader.read("agent.yaml", yaml, AgentFile.class);
    AgentService agent = new AgentService(file, settings, metrics, Clock.systemUTC());
    agent.start();
    return agent;
  }

  private void writeBoth(AgentService agent, int from, int to) throws Exception {
    lines(from, to);
    frames(agent, from, to);
  }

  private void lines(int from, int to) throws IOException {
    lines(IntStream.range(from, to).mapToObj(i -> "line " + i).toArray(String[]::new));
  }

  private void lines(String... lines) throws IOException {
    Files.writeString(
        dir.resolve("api.log"),
        String.join("\n", lines) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Sends frames once the port is read, and waits until the agent has read them. */
  private void frames(AgentService agent, int from, int to) throws Exception {
    // The first record is serial_connected.
    await()
        .atMost(SOON)
        .until(
            () -> {
              SourceStatus now = agent.status().sources().get(device);
              return now.healthy() && now.records() > 0;
            });
    long before = agent.status().sources().get(device).records();
    for (int i = from; i < to; i++) {
      port.toReader().write("<STAT;N=%d;STATE=2;>\r\n".formatted(i).getBytes(ISO_8859_1));
      port.toReader().flush();
    }
    await()
        .atMost(SOON)
        .until(() -> agent.status().sources().get(device).records() >= before + to - from);
  }

  /** Every line and frame is there, in order, under one id; a second copy has the same id. */
  private void expectEach(int count) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(values(kafka.telemetry(device))).hasSize(count);
              assertThat(values(kafka.logs(service))).hasSize(count);
            });
    assertThat(values(kafka.telemetry(device)))
        .isEqualTo(IntStream.range(0, count).mapToObj(Integer::toString).toList());
    assertThat(values(kafka.logs(service)))
        .isEqualTo(IntStream.range(0, count).mapToObj(i -> "line " + i).toList());
  }

  /** What each id says, in the order of their first arrival. */
  private static List<String> values(List<Got> records) {
    Map<String, String> byId = new LinkedHashMap<>();
    for (Got got : records) {
      String value =
          got.object("values").isEmpty()
              ? got.text("message")
              : String.valueOf(got.object("values").get("N"));
      String before = byId.putIfAbsent(got.text("id"), value);
      assertThat(before == null || before.equals(value)).as("one id, one record").isTrue();
    }
    return new ArrayList<>(byId.values());
  }
}
