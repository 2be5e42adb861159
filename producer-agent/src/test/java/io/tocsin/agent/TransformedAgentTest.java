package io.tocsin.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.agent.KafkaBox.Got;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.embedded.PseudoSerialPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's example as it stands there, on a real broker. */
class TransformedAgentTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<String> SECRETS =
      List.of("ada7@example.com", "4111111111111111", "4111 1111", "hunter2", "10000000146");
  private static final int LINES = 2000;
  private static final int FRAMES = 400;

  @TempDir Path dir;
  private final Metrics metrics = new Metrics();

  @Test
  void whatIsDroppedIsDeclaredAndWhatIsSecretGetsNowhere() throws Exception {
    // Given
    Files.writeString(dir.resolve("hash-key"), "0123456789abcdef0123456789abcdef");
    AgentFile file =
        ConfigReader.read(
            "agent.yaml", GuidePage.exampleIn(dir, "agent-transform.md"), AgentFile.class);
    try (KafkaBox kafka = new KafkaBox(dir.resolve("kafka"));
        PseudoSerialPort port = PseudoSerialPort.open(dir.resolve("ttyUSB0"))) {
      AgentService agent = new AgentService(file, kafka.settings(), metrics, Clock.systemUTC());
      agent.start();
      await().atMost(SOON).until(() -> agent.status().sources().get("charger-01").healthy());

      // When
      Files.write(dir.resolve("api.log"), lines());
      for (int i = 0; i < FRAMES; i++) {
        port.toReader().write("<STAT;N=%d;>\r\n".formatted(i).getBytes(ISO_8859_1));
      }
      port.toReader().flush();
      await().atMost(SOON).until(() -> kafka.logs("api").size() + dropped("api") == LINES);
      await()
          .atMost(SOON)
          .until(() -> kafka.telemetry("charger-01").size() + dropped("charger-01") == FRAMES);
      agent.close();

      // Then
      assertThat(declared(kafka, "api")).isEqualTo(dropped("api")).isPositive();
      assertThat(declared(kafka, "charger-01")).isEqualTo(dropped("charger-01")).isPositive();
      kept(kafka.logs("api"));
      assertThat(Stream.concat(kafka.logs("api").stream(), kafka.logs("agent").stream()))
          .noneMatch(got -> SECRETS.stream().anyMatch(got.json().toString()::contains));
    }
    assertThat(onTheDisk()).noneMatch(text -> SECRETS.stream().anyMatch(text::contains));
  }

  private static void kept(List<Got> events) {
    assertThat(events.stream().filter(got -> got.text("level").equals("ERROR")))
        .as("every error, though only one in ten of the others")
        .hasSize(LINES / 20);
    assertThat(events.stream().map(got -> got.object("meta").get("user_id")).distinct())
        .as("users can be counted")
        .hasSize(7);
    assertThat(events)
        .allSatisfy(
            got -> {
              assertThat(got.text("message"))
                  .matches("\\[redacted:email] paid \\d+ with \\[redacted:card-number].*");
              assertThat(got.object("meta"))
                  .containsEntry("site", "istanbul-2")
                  .containsEntry("password", "[redacted:password]")
                  .containsEntry("tckn", "[redacted:national-id]");
            });
    assertThat(events.getLast().object("meta")).containsEntry("sample_rate", 10);
  }

  private static List<String> lines() {
    return IntStream.range(0, LINES)
        .mapToObj(
            i ->
                """
                {"level":"%s","message":"ada%d@example.com paid %d with 4111 1111 1111 1111",\
                "user_id":%d,"password":"hunter2","tckn":"10000000146"}"""
                    .formatted(i % 20 == 0 ? "ERROR" : "INFO", i % 9, i, i % 7))
        .toList();
  }

  private long dropped(String source) {
    return new String(metrics.text(), UTF_8)
        .lines()
        .filter(line -> line.startsWith("tocsin_agent_dropped_records_total"))
        .filter(line -> line.contains("source=\"" + source + "\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static long declared(KafkaBox kafka, String source) {
    return kafka.logs("agent").stream()
        .filter(got -> got.text("event").equals("records_dropped"))
        .filter(got -> source.equals(got.object("meta").get("source")))
        .mapToLong(got -> ((Number) got.object("meta").get("records")).longValue())
        .sum();
  }

  private List<String> onTheDisk() throws IOException {
    try (Stream<Path> files = Files.walk(dir.resolve("data"))) {
      return files.filter(Files::isRegularFile).map(TransformedAgentTest::read).toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
