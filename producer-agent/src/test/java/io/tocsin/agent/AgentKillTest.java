package io.tocsin.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.agent.KafkaBox.Got;
import io.tocsin.embedded.PseudoSerialPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of an agent's process at random moments, with the broker there and away: no line
 * is lost and none has two ids; of a serial device nothing that was published is published under
 * another id. {@code -Dtocsin.fault.rounds=N} sets how many times.
 */
class AgentKillTest {

  private static final Duration SOON = Duration.ofSeconds(90);
  private static final int ROUNDS = Integer.getInteger("tocsin.fault.rounds", 3);
  private static final int LINES = 1500;

  @TempDir Path dir;

  @Test
  void killsLoseNothingAndDoubleNothing() throws Exception {
    Random random = new Random(20261121);
    int lines = 0;
    int frames = 0;
    try (KafkaBox kafka = new KafkaBox(dir.resolve("kafka"));
        PseudoSerialPort port = PseudoSerialPort.open(dir.resolve("ttyUSB0"))) {
      Path file = agentFile();
      for (int round = 0; round < ROUNDS; round++) {
        // Given
        boolean brokerAway = round % 2 == 1;
        AgentProcess agent = AgentProcess.start(file, kafka.settings(), dir.resolve("output"));
        if (brokerAway) {
          kafka.stop();
        }

        // When: it is killed while lines and frames come in
        int killAt = random.nextInt(LINES);
        for (int i = 0; i < LINES; i++) {
          line(lines++);
          if (i % 10 == 0) {
            frame(port, frames++);
          }
          if (i == killAt) {
            agent.kill();
          }
        }
        if (brokerAway) {
          kafka.restart();
        }
      }
      AgentProcess last = AgentProcess.start(file, kafka.settings(), dir.resolve("output"));
      int all = lines;
      await().atMost(SOON).until(() -> byId(kafka.logs("api")).size() >= all);
      frame(port, frames++);
      String end = Integer.toString(frames - 1);
      await().atMost(SOON).until(() -> byId(kafka.telemetry("charger-01")).containsValue(end));
      last.kill();

      // Then
      assertThat(byId(kafka.logs("api")).values())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, all).mapToObj(i -> "line " + i).toList());
      // What a device sends while nobody listens waits in the port, or is lost with the process
      assertThat(byId(kafka.telemetry("charger-01")).values()).doesNotHaveDuplicates();
    }
  }

  private Path agentFile() throws IOException {
    return Files.writeString(
        dir.resolve("agent.yaml"),
        """
        agent: { name: edge-01, data: %1$s/data }
        sources:
          - serial:
              device: charger-01
              service: charger
              port: %1$s/ttyUSB0
              framing: { start: "<", end: ">" }
              parse: tagged-pairs
          - file: { paths: ["%1$s/api.log"], service: api }
        """
            .formatted(dir));
  }

  private void line(int number) throws IOException {
    Files.writeString(
        dir.resolve("api.log"),
        "line " + number + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static void frame(PseudoSerialPort port, int number) throws IOException {
    port.toReader().write("<STAT;N=%d;>".formatted(number).getBytes(ISO_8859_1));
    port.toReader().flush();
  }

  /** What each id says; one id never says two things. */
  private static Map<String, String> byId(List<Got> records) {
    Map<String, String> byId = new HashMap<>();
    for (Got got : records) {
      String value =
          got.object("values").isEmpty()
              ? got.text("message")
              : String.valueOf(got.object("values").get("N"));
      String before = byId.putIfAbsent(got.text("id"), value);
      assertThat(before == null || before.equals(value)).as("one id, one record").isTrue();
    }
    return byId;
  }
}
