package io.tocsin.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tocsin.agent.KafkaBox.Got;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.embedded.PseudoSerialPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that takes a new file while a device sends and a log grows. */
class AgentReloadTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path dir;

  @Test
  void newFilesAreTakenWithoutLosingOrDoublingAnything() throws Exception {
    try (KafkaBox kafka = new KafkaBox(dir.resolve("kafka"));
        PseudoSerialPort port = PseudoSerialPort.open(dir.resolve("ttyUSB0"));
        AgentService agent =
            new AgentService(
                agent("edge-01", file("api", "")),
                kafka.settings(),
                new Metrics(),
                Clock.systemUTC())) {
      // Given: frames and lines that never stop
      agent.start();
      await().atMost(SOON).until(() -> agent.status().sources().get("charger-01").healthy());
      AtomicBoolean enough = new AtomicBoolean();
      int[] written = new int[1];
      Thread writer = Thread.ofPlatform().start(() -> written[0] = write(port, enough));

      // When: a source comes, one changes, one goes and comes again, and four files are refused
      line("ui.log", "of the ui");
      assertThat(agent.reload(agent("edge-01", file("api", ""), file("ui", ""))))
          .isEqualTo(new Reload(2, 1, 0));
      await().atMost(SOON).until(() -> kafka.logs("ui").size() == 1);
      assertThat(agent.reload(agent("edge-01", file("api", "max-line: 64KiB"), file("ui", ""))))
          .isEqualTo(new Reload(2, 1, 1));
      assertThat(agent.reload(agent("edge-01", file("ui", "")))).isEqualTo(new Reload(2, 0, 1));
      assertThatThrownBy(() -> agent.reload(agent("edge-02", file("ui", ""))))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("agent");
      try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        String http = "  - http: { port: " + taken.getLocalPort() + " }\n";
        assertThatThrownBy(() -> agent.reload(agent("edge-01", http)))
            .isInstanceOf(UserError.class)
            .hasMessageContaining("cannot listen");
      }
      assertThat(agent.status().sources()).containsOnlyKeys("charger-01", "ui");
      assertThat(agent.reload(agent("edge-01", file("api", ""), file("ui", ""))))
          .isEqualTo(new Reload(2, 1, 0));
      line("ui.log", "once more");
      enough.set(true);
      writer.join();

      // Then
      int all = written[0];
      await().atMost(SOON).until(() -> kafka.logs("api").size() >= all);
      await().atMost(SOON).until(() -> kafka.telemetry("charger-01").size() >= all);
      assertThat(kafka.telemetry("charger-01"))
          .as("a source that stays the same never stops")
          .extracting(got -> String.valueOf(got.object("values").get("N")))
          .isEqualTo(IntStream.range(0, all).mapToObj(Integer::toString).toList());
      assertThat(kafka.logs("api"))
          .extracting(got -> got.text("message"))
          .isEqualTo(IntStream.range(0, all).mapToObj(i -> "line " + i).toList());
      await().atMost(SOON).until(() -> messages(kafka.logs("ui")).size() == 2);
      assertThat(messages(kafka.logs("ui"))).containsExactly("of the ui", "once more");
    }
  }

  private int write(PseudoSerialPort port, AtomicBoolean enough) {
    int number = 0;
    try {
      while (!enough.get()) {
        line("api.log", "line " + number);
        port.toReader().write("<STAT;N=%d;>".formatted(number).getBytes(ISO_8859_1));
        port.toReader().flush();
        number++;
        Thread.sleep(2);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return number;
  }

  private void line(String name, String text) throws IOException {
    Files.writeString(
        dir.resolve(name), text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static List<String> messages(List<Got> records) {
    return records.stream().map(got -> got.text("message")).toList();
  }

  private String file(String service, String more) {
    return "  - file: { paths: ['%s/%s.log'], service: %s%s }\n"
        .formatted(dir, service, service, more.isEmpty() ? "" : ", " + more);
  }

  private AgentFile agent(String agent, String... sources) {
    String yaml =
        """
        agent: { name: %1$s, data: %2$s/data }
        sources:
          - serial:
              device: charger-01
              service: charger
              port: %2$s/ttyUSB0
              framing: { start: "<", end: ">" }
              parse: { regex: "STAT;N=(?<N>[0-9]+);" }
        """
            .formatted(agent, dir);
    return ConfigReader.read("agent.yaml", yaml + String.join("", sources), AgentFile.class);
  }
}
