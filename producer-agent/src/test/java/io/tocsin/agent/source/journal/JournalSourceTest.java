package io.tocsin.agent.source.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.agent.KafkaBox;
import io.tocsin.agent.KafkaBox.Got;
import io.tocsin.agent.publish.Budget;
import io.tocsin.agent.publish.Publisher;
import io.tocsin.agent.source.Origin;
import io.tocsin.agent.source.RecordedDrafts;
import io.tocsin.agent.transform.Transform;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a program that acts as journalctl to a real broker, through kills of either. */
class JournalSourceTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir static Path brokerDir;
  private static KafkaBox kafka;
  private static int tests;

  @TempDir Path dir;
  private final Metrics metrics = new Metrics();
  private final RecordedDrafts declared = new RecordedDrafts();
  private FakeJournalctl journal;
  private String name;
  private Publisher publisher;
  private JournalSource source;

  @BeforeAll
  static void startBroker() {
    kafka = new KafkaBox(brokerDir);
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @BeforeEach
  void makeJournal() throws IOException {
    journal = new FakeJournalctl(dir);
    name = "journal-" + ++tests;
  }

  @AfterEach
  void stopSource() {
    if (source != null) {
      stop();
    }
  }

  @Test
  void entriesArriveInOrderAndARestartGoesOnBehindTheLast() throws Exception {
    // Given
    write(0, 200);
    start("units: [charger-api.service]");
    awaitMessages(200);

    // When
    stop();
    write(200, 300);
    start("units: [charger-api.service]");

    // Then
    awaitMessages(300);
    assertThat(messages()).isEqualTo(expected(300));
    assertThat(kafka.logs(name)).as("nothing was sent twice").hasSize(300);
    assertThat(kafka.logs(name).getLast().text("id")).isEqualTo("edge/" + name + "/ab12/300");
    assertThat(journal.calls().getFirst())
        .isEqualTo(
            "--output=json --all --quiet --follow --boot --no-tail --unit=charger-api.service");
    assertThat(journal.calls().getLast())
        .contains("--boot=all --no-tail --after-cursor=s=ab12;i=c8;b=1");
  }

  @Test
  void aJournalctlThatIsKilledIsStartedAgainBehindWhatItSaid() throws Exception {
    // Given
    write(0, 50);
    start("");
    awaitMessages(50);

    // When
    journal.kill();
    write(50, 80);

    // Then
    awaitMessages(80);
    assertThat(kafka.logs(name)).hasSize(80);
    assertThat(text()).contains("tocsin_agent_journal_restarts_total{source=\"" + name + "\"} 1.0");
    await().atMost(SOON).until(() -> source.status().healthy());
  }

  @Test
  void theCursorIsOnlySavedBehindTheBrokersAcknowledgement() throws Exception {
    // Given
    write(0, 20);
    start("");
    awaitMessages(20);
    stop();
    write(20, 40);

    // When: the second one reaches no broker
    start("", KafkaSettings.of("127.0.0.1:1"));
    await().atMost(SOON).until(() -> source.status().records() == 20);
    source.saveProgress();
    stop();
    start("");

    // Then
    awaitMessages(40);
    assertThat(messages()).isEqualTo(expected(40));
    assertThat(journal.calls()).filteredOn(call -> call.contains("i=14;b=1")).hasSize(2);
  }

  @Test
  void whatDoesNotRunIsToldAndTriedAgain() throws Exception {
    // Given
    write(0, 1);
    journal.broken(true);

    // When
    start("");
    await().atMost(SOON).until(() -> journal.calls().size() >= 2);

    // Then
    assertThat(source.status().healthy()).isFalse();
    assertThat(source.status().detail())
        .isEqualTo("journalctl ended with status 3: Failed to open journal: No luck");
    journal.broken(false);
    awaitMessages(1);
    await().atMost(SOON).until(() -> source.status().healthy());
  }

  @Test
  void startEndLeavesOutWhatWasThereAndNothingElse() throws Exception {
    // Given
    write(0, 10);
    start("start: end");
    await().atMost(SOON).until(() -> source.status().healthy());

    // When: the agent is stopped before it has seen any
    stop();
    write(10, 12);
    start("start: end");

    // Then
    await().atMost(SOON).until(() -> messages().size() == 2);
    assertThat(messages()).containsExactly("entry 10", "entry 11");
  }

  @Test
  void whatIsLeftOutIsPassedAndDeclaredAndWhatCannotBeReadToo() throws Exception {
    // Given
    write(0, 10);
    journal.write(List.of("no JSON", "{\"MESSAGE\":\"without a cursor\"}"));
    write(10, 20);

    // When
    start("transform: { sample: { above: 5, keep-one-in: 100 } }");
    awaitMessages(5);
    await()
        .atMost(SOON)
        .until(() -> text().contains("reason=\"sampled\",source=\"" + name + "\"} 15.0"));
    stop();
    start("transform: { sample: { above: 5, keep-one-in: 100 } }");
    write(20, 21);

    // Then: the second one goes on behind the last entry, though it was left out
    awaitMessages(6);
    assertThat(messages().getLast()).isEqualTo("entry 20");
    assertThat(declared.logs)
        .extracting(event -> event.meta().get("reason") + " " + event.meta().get("from"))
        .contains("sampled 6");
    assertThat(text()).contains("reason=\"unreadable\",source=\"" + name + "\"} 2.0");
  }

  @Test
  void theWholeOfARealJournalIsUnderstood() throws Exception {
    // Given what journald 252 wrote
    try (var in = getClass().getResourceAsStream("/journal/entries.json")) {
      journal.write(new String(in.readAllBytes(), UTF_8).lines().toList());
    }

    // When
    start("");
    await().atMost(SOON).until(() -> kafka.logs(name).size() == 7);

    // Then
    List<Got> got = kafka.logs(name);
    assertThat(got)
        .extracting(event -> event.text("service") + " " + event.text("level"))
        .containsExactlyInAnyOrder(
            "systemd-journald INFO",
            "charger ERROR",
            "charger-api INFO",
            "charger-api WARNING",
            "charger-api ERROR",
            "worker INFO",
            "api INFO");
    Got binary = with(got, "frame \uFFFD\uFFFD bad");
    assertThat(binary.object("meta")).containsEntry("raw_base64", "ZnJhbWUg//4gYmFk");
    assertThat(with(got, "two tags").object("meta")).containsEntry("TAG", List.of("a", "b"));
    Got started = with(got, "transaction started");
    assertThat(started.text("ts")).isEqualTo("2026-11-21T18:26:49.391Z");
    assertThat(started.object("meta"))
        .containsEntry("USER_ID", "42")
        .containsEntry("identifier", "charger-api")
        .doesNotContainKey("_CMDLINE");
    assertThat(started.text("id")).endsWith("/33d2627ba3be4525bf8787a4ac34f9f9/351");
    assertThat(got).anyMatch(event -> event.text("message").contains("KeyError: 'şarj'"));
  }

  @Test
  void aMessageThatIsJsonIsReadAsALineOfAFileWouldBe() throws Exception {
    // Given
    try (var in = getClass().getResourceAsStream("/journal/entries.json")) {
      journal.write(
          new String(in.readAllBytes(), UTF_8)
              .lines()
              .filter(line -> line.contains("payment_failed"))
              .toList());
    }

    // When
    start("format: json");
    await().atMost(SOON).until(() -> kafka.logs(name).size() == 1);

    // Then
    Got got = kafka.logs(name).getFirst();
    assertThat(got.text("ts")).isEqualTo("2026-01-02T03:04:05.000Z");
    assertThat(got.text("level")).isEqualTo("ERROR");
    assertThat(got.text("event")).isEqualTo("payment_failed");
    assertThat(got.text("message")).isEqualTo("card refused");
    assertThat(got.text("service")).isEqualTo("api");
    assertThat(got.object("meta")).containsEntry("order", 7);
  }

  private static Got with(List<Got> events, String message) {
    return events.stream()
        .filter(event -> event.text("message").equals(message))
        .findFirst()
        .orElseThrow();
  }

  private void start(String yaml) throws IOException {
    start(yaml, kafka.settings());
  }

  private void start(String yaml, KafkaSettings settings) throws IOException {
    JournalConfig config =
        ConfigReader.read(
            "test.yaml",
            "name: %s\nprogram: %s\n%s".formatted(name, journal.program(), yaml),
            JournalConfig.class);
    publisher = new Publisher(settings, Clock.systemUTC(), metrics);
    Transform transform =
        new Transform(
            name,
            config.transform(),
            null,
            true,
            declared,
            Clock.systemUTC(),
            System::nanoTime,
            metrics);
    source =
        new JournalSource(
            config,
            new Origin("edge", "host"),
            Files.createDirectories(dir.resolve("checkpoints")),
            publisher,
            new Budget(1 << 20),
            transform,
            Clock.systemUTC(),
            metrics);
    publisher.start();
    source.start();
  }

  /** As the agent does it; what cannot be sent stays. */
  private void stop() {
    source.close();
    if (publisher.status().connected()) {
      await().atMost(SOON).until(() -> !publisher.isBusy());
    }
    publisher.close();
    source.saveProgress();
    source = null;
  }

  private void write(int from, int to) throws IOException {
    journal.write(IntStream.range(from, to).mapToObj(JournalSourceTest::entry).toList());
  }

  private static String entry(int i) {
    return """
        {"__CURSOR":"s=ab12;i=%x;b=1","PRIORITY":"6","_SYSTEMD_UNIT":"charger-api.service",\
        "__REALTIME_TIMESTAMP":"1795285609396583","MESSAGE":"entry %d"}"""
        .formatted(i + 1, i);
  }

  private static List<String> expected(int count) {
    return IntStream.range(0, count).mapToObj(i -> "entry " + i).toList();
  }

  private void awaitMessages(int count) {
    await().atMost(SOON).until(() -> messages().size() >= count);
  }

  /** Each id once. */
  private List<String> messages() {
    LinkedHashSet<String> ids = new LinkedHashSet<>();
    return kafka.logs(name).stream()
        .filter(got -> ids.add(got.text("id")))
        .map(got -> got.text("message"))
        .toList();
  }

  private String text() {
    return new String(metrics.text(), UTF_8);
  }
}
