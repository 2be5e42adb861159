package io.tocsin.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.tocsin.agent.KafkaBox.Got;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.embedded.PseudoSerialPort;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples on the pages of the sources, as they stand there, on a real broker. */
class SourceGuidesTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path dir;

  @Test
  void filesAndSerialDevicesAreReadAsTheirPagesSay() throws Exception {
    try (KafkaBox kafka = new KafkaBox(dir.resolve("kafka"))) {
      filesAreRead(kafka);
      serialDevicesAreRead(kafka);
    }
  }

  private void filesAreRead(KafkaBox kafka) throws Exception {
    // Given
    Files.writeString(
        dir.resolve("api-1.log"),
        """
        {"timestamp": "2026-01-15 12:00:00", "level": "WARN", "type": "slow", "message": "m", "ms": 7}
        """);
    Files.writeString(
        dir.resolve("worker.log"),
        """
        2026-01-15 09:00:00 [ERROR] job failed
        Traceback (most recent call last):
          File "a.py", line 1, in <module>
        ValueError: bad
        """);

    // When
    try (AgentService agent = started(kafka, "agent-file.md")) {
      await().atMost(SOON).until(() -> kafka.logs("api").size() + kafka.logs("worker").size() == 2);
      assertThat(agent.status().connected()).isTrue();
    }

    // Then
    Got api = kafka.logs("api").getFirst();
    assertThat(api.text("ts")).as("of Istanbul").isEqualTo("2026-01-15T09:00:00.000Z");
    assertThat(api.text("level")).isEqualTo("WARNING");
    assertThat(api.text("event")).isEqualTo("slow");
    assertThat(api.object("meta")).containsExactly(entry("ms", 7));
    Got worker = kafka.logs("worker").getFirst();
    assertThat(worker.text("level")).isEqualTo("ERROR");
    assertThat(worker.text("message")).startsWith("job failed\n").endsWith("ValueError: bad");
  }

  private void serialDevicesAreRead(KafkaBox kafka) throws Exception {
    // Given
    try (PseudoSerialPort charger = PseudoSerialPort.open(dir.resolve("ttyUSB0"));
        PseudoSerialPort scale = PseudoSerialPort.open(dir.resolve("ttyUSB1"));
        AgentService agent = started(kafka, "agent-serial.md")) {
      await()
          .atMost(SOON)
          .until(
              () ->
                  agent.status().sources().values().stream().allMatch(source -> source.healthy()));

      // When
      for (String bytes : List.of("boot v1\r\n<STAT;STA", "<STAT;STATE=1;>", "<STAT;STATE=8;>")) {
        charger.toReader().write(bytes.getBytes(ISO_8859_1));
      }
      scale.toReader().write("12.5 g\r\n".getBytes(ISO_8859_1));

      // Then
      await().atMost(SOON).until(() -> kafka.telemetry("charger-01").size() == 2);
      await().atMost(SOON).until(() -> kafka.telemetry("scale-01").size() == 1);
      await().atMost(SOON).until(() -> events(kafka).contains("state_changed"));
      assertThat(HexFormat.of().formatHex(charger.fromReader().readNBytes(5)))
          .isEqualTo("41002c0010");
    }
    assertThat(events(kafka)).containsExactly("serial_connected", "state_changed");
    Got changed = kafka.logs("charger-01").getLast();
    assertThat(changed.text("level")).isEqualTo("ERROR");
    assertThat(changed.object("meta"))
        .containsEntry("from_name", "IDLE")
        .containsEntry("to_name", "FAULT_HARD");
    Got scale = kafka.telemetry("scale-01").getFirst();
    assertThat(scale.text("kind")).isEqualTo("stat");
    assertThat(scale.object("values")).containsExactly(entry("grams", new BigDecimal("12.5")));
  }

  private static List<String> events(KafkaBox kafka) {
    return kafka.logs("charger-01").stream().map(got -> got.text("event")).toList();
  }

  private AgentService started(KafkaBox kafka, String page) throws Exception {
    AgentFile file =
        ConfigReader.read("agent.yaml", GuidePage.exampleIn(dir, page), AgentFile.class);
    AgentService agent = new AgentService(file, kafka.settings(), new Metrics(), Clock.systemUTC());
    agent.start();
    return agent;
  }
}
