package io.tocsin.agent.source.file;

import static io.tocsin.agent.source.file.FileBox.SOON;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.agent.KafkaBox;
import io.tocsin.agent.KafkaBox.Got;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {

  @TempDir static Path brokerDir;
  private static KafkaBox kafka;

  @TempDir Path dir;

  @BeforeAll
  static void startBroker() {
    kafka = new KafkaBox(brokerDir);
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void aLineBecomesAnEventThatKnowsWhereItWasRead() throws Exception {
    try (FileBox box =
        new FileBox(kafka, dir, "api.log", "format: json\nzone: Europe/Istanbul").start()) {
      // When
      box.line(
          "api.log",
          """
          {"timestamp":"2025-12-10T12:46:41.565","level":"WARNING","event":"slow","message":"şarj","n":7}""",
          """
          {"timestamp":"2025-12-10T12:46:42","level":"INFO","message":"two"}""");
      await().atMost(SOON).until(() -> box.events().size() == 2);

      // Then
      Got first = box.events().getFirst();
      assertThat(first.key()).isEqualTo("api");
      assertThat(first.text("ts")).isEqualTo("2025-12-10T09:46:41.565Z");
      assertThat(first.text("service")).isEqualTo("api");
      assertThat(first.text("level")).isEqualTo("WARNING");
      assertThat(first.text("event")).isEqualTo("slow");
      assertThat(first.text("message")).isEqualTo("şarj");
      assertThat(first.object("meta")).hasToString("{n=7}");
      assertThat(first.text("host")).isEqualTo("host");
      assertThat(first.text("id")).startsWith("edge/" + dir.getFileName() + "/").endsWith("/0");
      String second = box.events().getLast().text("id");
      int offset = Files.readAllLines(box.file("api.log")).getFirst().getBytes(UTF_8).length + 1;
      assertThat(second).isEqualTo(first.text("id").replaceFirst("0$", Integer.toString(offset)));
    }
  }

  @Test
  void halfALineWaitsForItsEnd() throws Exception {
    try (FileBox box = new FileBox(kafka, dir, "api.log", "").start()) {
      // Given
      box.write("api.log", "one\ntw");
      box.expectOnce("one");

      // When
      box.write("api.log", "o\r\n\n  \nthree\n");

      // Then: blank lines are none
      box.expectOnce("one", "two", "three");
    }
  }

  @Test
  void filesThatAppearLaterAreReadFromTheirStart() throws Exception {
    try (FileBox box = new FileBox(kafka, dir, "**/*.log", "start: end").start()) {
      // Given
      await().atMost(SOON).until(() -> box.status().equals("0 files open"));

      // When
      Files.createDirectories(box.file("deep/er"));
      box.line("deep/er/new.log", "from the start");
      box.line("other.log", "this too");

      // Then
      box.expectOnce("from the start", "this too");
    }
  }

  @Test
  void startAtTheEndLeavesOutWhatWasThere() throws Exception {
    FileBox box = new FileBox(kafka, dir, "api.log", "start: end");
    // Given
    box.line("api.log", "old", "older");
    box.start();
    await().atMost(SOON).until(() -> box.status().equals("1 files open"));

    // When
    box.line("api.log", "new");

    // Then
    box.expectOnce("new");
    box.stop();
  }

  @Test
  void aRestartGoesOnAtTheCheckpoint() throws Exception {
    FileBox box = new FileBox(kafka, dir, "api.log", "");
    // Given
    box.start();
    box.line("api.log", "one", "two");
    box.expectOnce("one", "two");
    box.stop();

    // When
    box.line("api.log", "three");
    box.start();

    // Then
    box.expectOnce("one", "two", "three");
    box.stop();
    assertThat(box.saved("api.log")).isEqualTo(Files.size(box.file("api.log")));
  }

  @Test
  void killsAtAnyTimeLoseNothingAndMakeNoSecondId() throws Exception {
    // Given
    Random random = new Random(20261121);
    FileBox box = new FileBox(kafka, dir, "api.log", "");
    String[] lines = IntStream.range(0, 5000).mapToObj(i -> "line " + i).toArray(String[]::new);
    box.line("api.log", lines);

    // When
    for (int round = 0; round < 6; round++) {
      box.start();
      int enough = random.nextInt(800);
      int before = box.events().size();
      await().atMost(SOON).until(() -> box.events().size() >= Math.min(before + enough, 5000));
      box.kill();
    }
    box.start();

    // Then
    box.expect(lines);
    box.stop();
  }

  @Test
  void nothingIsCheckpointedThatTheBrokerDoesNotHave() throws Exception {
    FileBox box = new FileBox(kafka, dir, "api.log", "");
    // Given: a broker that is not there
    box.line("api.log", "one", "two");
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      box.start(KafkaSettings.of("127.0.0.1:" + silent.getLocalPort()));
      await().atMost(SOON).until(() -> box.saved("api.log") == 0);

      // When
      long began = System.nanoTime();
      box.kill();

      // Then
      assertThat(System.nanoTime() - began).as("closes at once").isLessThan(3_000_000_000L);
      assertThat(box.saved("api.log")).isZero();
    }
    box.start();
    box.expectOnce("one", "two");
    box.stop();
  }

  @Test
  void anOverLongLineIsCutAndMarked() throws Exception {
    try (FileBox box = new FileBox(kafka, dir, "api.log", "max-line: 2KiB").start()) {
      // When
      box.line("api.log", "before", "y".repeat(5000), "z".repeat(600_000), "after");
      box.expectOnce("before", "y".repeat(2048), "z".repeat(2048), "after");

      // Then
      assertThat(cutBytes(box, "y")).isEqualTo(5000 - 2048);
      assertThat(cutBytes(box, "z")).isEqualTo(600_000 - 2048);
      assertThat(cutBytes(box, "before")).isZero();
    }
  }

  @Test
  void bytesThatAreNoTextAreReplacedAndKept() throws Exception {
    try (FileBox box = new FileBox(kafka, dir, "api.log", "").start()) {
      // When
      byte[] bad = "caf\u00e9 \u00ff".getBytes(ISO_8859_1);
      Files.write(box.file("api.log"), concat(FileBox.bytes("fine\n"), bad, FileBox.bytes("\n")));
      box.expectOnce("fine", "caf\ufffd \ufffd");

      // Then
      assertThat(box.events().getLast().object("meta"))
          .containsEntry("raw_base64", Base64.getEncoder().encodeToString(bad));
    }
  }

  @Test
  void aLineThatIsNoJsonIsKeptAsItIs() throws Exception {
    try (FileBox box = new FileBox(kafka, dir, "api.log", "format: json").start()) {
      // When
      box.line(
          "api.log", "Traceback (most recent call last):", "{\"message\":\"fine\"}", "{\"a\":");
      box.expectOnce("Traceback (most recent call last):", "fine", "{\"a\":");

      // Then
      assertThat(box.events())
          .extracting(got -> got.text("event"))
          .containsExactlyInAnyOrder("unparsed_line", "log", "unparsed_line");
    }
  }

  @Test
  void aServiceNameOfAnyLengthStopsNothing() throws Exception {
    try (FileBox box =
        new FileBox(kafka, dir, "api.log", "format: json\nfields: { service: app }").start()) {
      // When
      String endless = "s".repeat(900_000);
      box.line("api.log", "{\"app\":\"%s\",\"message\":\"odd\"}".formatted(endless), "{}");

      // Then
      await().atMost(SOON).until(() -> box.events().size() == 2);
      assertThat(box.events()).extracting(got -> got.key().length()).contains(1024);
    }
  }

  @Test
  void manyFilesAreReadTogether() throws Exception {
    FileBox box = new FileBox(kafka, dir, "*.log", "");
    // Given
    for (int i = 0; i < 100; i++) {
      box.line(i + ".log", "file " + i);
    }

    // When
    box.start();

    // Then
    box.expectOnce(IntStream.range(0, 100).mapToObj(i -> "file " + i).toArray(String[]::new));
    box.stop();
  }

  @Test
  void ordinaryUseKeepsTheOrderOfAFile() throws Exception {
    FileBox box = new FileBox(kafka, dir, "api.log", "");
    // Given
    List<String> lines = IntStream.range(0, 20_000).mapToObj(i -> "line " + i).toList();
    box.line("api.log", lines.toArray(String[]::new));

    // When
    box.start();
    await().atMost(SOON).until(() -> box.events().size() >= lines.size());

    // Then
    assertThat(box.messages()).isEqualTo(lines);
    box.stop();
  }

  private static long cutBytes(FileBox box, String start) {
    return box.events().stream()
        .filter(got -> got.text("message").startsWith(start))
        .map(got -> got.object("meta").getOrDefault("truncated", 0))
        .mapToLong(cut -> ((Number) cut).longValue())
        .findFirst()
        .orElseThrow();
  }

  private static byte[] concat(byte[]... parts) throws IOException {
    var out = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.write(part);
    }
    return out.toByteArray();
  }
}
