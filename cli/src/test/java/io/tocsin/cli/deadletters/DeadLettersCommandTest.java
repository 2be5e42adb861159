package io.tocsin.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.event.DeadLetter;
import io.tocsin.event.EventCodec;
import io.tocsin.topics.TopicAdmin;
import io.tocsin.topics.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands on a real broker. */
class DeadLettersCommandTest {

  private static final Instant MONDAY = Instant.parse("2026-11-16T08:00:00Z");

  @TempDir private static Path dir;
  private static EmbeddedKafka kafka;
  private static KafkaProducer<byte[], byte[]> producer;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(EmbeddedKafka.Options.in(dir.resolve("kafka")));
    TopicAdmin.applyDefaults(KafkaSettings.of(kafka.bootstrapServers()));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterAll
  static void stop() {
    producer.close(Duration.ofSeconds(1));
    kafka.close();
  }

  /** Each test works on what the earlier ones have left purged. */
  @BeforeEach
  void purgeAll() {
    assertThat(run("purge", "--all", "--yes")).isZero();
    out.getBuffer().setLength(0);
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers()));
    return new CommandLine(new DeadLettersCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private String shown(String... arguments) {
    out.getBuffer().setLength(0);
    assertThat(run(arguments)).as(err.toString()).isZero();
    return out.toString();
  }

  private static long nextOrigin = 100;

  private static long letter(String reason, @Nullable String record, Map<String, String> headers) {
    return letter("indexer", reason, nextOrigin++, record, headers);
  }

  private static long letter(
      String stage,
      String reason,
      long offset,
      @Nullable String record,
      Map<String, String> headers) {
    DeadLetter letter =
        new DeadLetter(
            MONDAY,
            Topics.LOGS,
            0,
            offset,
            stage,
            reason,
            "because of " + reason,
            "key".getBytes(StandardCharsets.UTF_8),
            record == null ? null : record.getBytes(StandardCharsets.UTF_8),
            headers,
            null);
    try {
      return producer
          .send(new ProducerRecord<>(Topics.DEAD_LETTERS, letter.key(), EventCodec.encode(letter)))
          .get()
          .offset();
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What came to the logs topic since the last call. */
  private static List<ConsumerRecord<byte[], byte[]>> arrived() {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.LOGS).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    List<ConsumerRecord<byte[], byte[]>> fresh = records.subList(seen, records.size());
    seen = records.size();
    return fresh;
  }

  private static int seen;

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  @Test
  void lettersAreListedByFilterAndCountedByKind() {
    // Given
    long bad = letter("bad_ts", "{\"ts\":1}", Map.of());
    letter("bad_ts", "{\"ts\":2,\"message\":\"Firmware 7\"}", Map.of());
    letter("alerting", "not_json", 7, "<3>", Map.of());
    // When, then
    assertThat(shown("list").lines()).hasSize(4);
    assertThat(shown("list", "--reason", "bad_ts", "--contains", "firmware").lines())
        .hasSize(2)
        .last()
        .asString()
        .contains("0-" + (bad + 1), "indexer", "bad_ts", "open", "because of bad_ts");
    assertThat(shown("list", "--since", "2026-11-16T08:00:01Z")).startsWith("no dead letters");
    assertThat(shown("list", "--limit", "1")).contains("the latest 1 of 3");
    assertThat(shown("list", "--summary"))
        .containsPattern("2  indexer +tocsin.logs +bad_ts +open")
        .containsPattern("1  alerting +tocsin.logs +not_json +open");
    assertThat(shown("list", "--stage", "alerting", "--output", "ndjson"))
        .contains("\"text\":\"<3>\"", "\"offset\":7");
  }

  @Test
  void oneLetterIsShownWholeAndItsBytesAreWritten() throws Exception {
    // Given
    long offset = letter("not_json", "<3> \u0007 bell", Map.of("trace", "t-1"));
    Path file = dir.resolve("record.bin");
    // When
    String shown = shown("show", "0-" + offset, "--bytes", file.toString());
    // Then
    assertThat(shown)
        .contains("0-" + offset + " (open)", "because of not_json", "trace: t-1", "3c 33 3e 20 07");
    assertThat(Files.readString(file)).isEqualTo("<3> \u0007 bell");
  }

  @Test
  void aRecordIsSentBackAsItCameWithItsKeyAndHeadersOnce() {
    // Given
    letter("refused", "{\"ts\":\"x\"}", Map.of("trace", "t-1"));
    arrived();
    // When
    String first = shown("replay", "--reason", "refused");
    String second = shown("replay", "--reason", "refused");
    // Then
    assertThat(first).contains("sent 1 records back to tocsin.logs");
    assertThat(second).contains("sent nothing");
    assertThat(arrived())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(text(record)).isEqualTo("{\"ts\":\"x\"}");
              assertThat(record.key()).isEqualTo("key".getBytes(StandardCharsets.UTF_8));
              assertThat(record.headers().lastHeader("trace").value())
                  .isEqualTo("t-1".getBytes(StandardCharsets.UTF_8));
              assertThat(record.headers().lastHeader(ReplayLetters.HEADER)).isNotNull();
            });
    assertThat(shown("list", "--all", "--reason", "refused")).contains("replayed");
  }

  @Test
  void twoLettersOfOneRecordSendItBackOnce() {
    // Given
    letter("indexer", "bad_ts", 55, "{\"n\":55}", Map.of());
    letter("alerting", "no_ts", 55, "{\"n\":55}", Map.of());
    arrived();
    // When
    shown("replay", "--all");
    // Then
    assertThat(arrived()).hasSize(1);
    assertThat(shown("list")).startsWith("no dead letters");
  }

  @Test
  void aDryRunShowsTheRepairedRecordAndSendsNothing() {
    // Given
    letter("bad_ts", "{\"ts\":1795255200}", Map.of());
    letter("bad_ts", "{\"ts\":\"soon\"}", Map.of());
    arrived();
    String[] replay = {"replay", "--reason", "bad_ts", "--type", "ts=time", "--set", "meta.by=me"};
    // When
    String[] dry = java.util.Arrays.copyOf(replay, replay.length + 1);
    dry[replay.length] = "--dry-run";
    String plan = shown(dry);
    int planned = arrived().size();
    String done = shown(replay);
    // Then
    String repaired = "{\"ts\":\"2026-11-21T10:00:00.000Z\",\"meta\":{\"by\":\"me\"}}";
    assertThat(plan).contains("would send 1", "left 1: cannot be repaired", repaired);
    assertThat(planned).isZero();
    assertThat(done).contains("sent 1", "left 1: cannot be repaired");
    assertThat(arrived()).extracting(DeadLettersCommandTest::text).containsExactly(repaired);
    assertThat(shown("list", "--reason", "bad_ts").lines()).hasSize(2);
  }

  @Test
  void whatCameBackHereAgainGoesRoundOnlyWhenAsked() {
    // Given
    letter("refused", "{}", Map.of(ReplayLetters.HEADER, "tocsin.logs-0-1"));
    letter("too_large", null, Map.of());
    arrived();
    // When
    String first = shown("replay", "--all");
    String again = shown("replay", "--all", "--again");
    // Then
    assertThat(first).contains("sent nothing", "left 1: sent back before", "left 1: without bytes");
    assertThat(again).contains("sent 1 records");
    assertThat(arrived()).hasSize(1);
  }

  @Test
  void purgedLettersAreGoneAndTheTopicsFrontWithThem() {
    // Given
    letter("not_json", "one", Map.of());
    letter("bad_ts", "two", Map.of());
    letter("not_json", "three", Map.of());
    // When
    String dry = shown("purge", "--reason", "not_json", "--dry-run");
    String some = shown("purge", "--reason", "not_json", "--yes");
    // Then
    assertThat(dry).contains("would purge 2");
    assertThat(some).contains("purged 2", "deleted 1 records");
    assertThat(shown("list", "--all", "--output", "ndjson").lines()).hasSize(2);
    assertThat(shown("list", "--output", "ndjson").lines())
        .singleElement()
        .asString()
        .contains("two");
    assertThat(shown("purge", "--all", "--yes")).contains("purged 1", "deleted");
    assertThat(shown("list", "--all")).startsWith("no dead letters");
  }

  @Test
  void withoutAFilterNothingIsSentOrPurgedAndWithoutATerminalNothingIsPurged() {
    // Given
    letter("not_json", "one", Map.of());
    // When, then
    assertThat(run("replay")).isNotZero();
    assertThat(run("purge")).isNotZero();
    assertThat(run("purge", "--all")).isEqualTo(1);
    assertThat(err.toString()).contains("give --yes");
    assertThat(shown("list").lines()).hasSize(2);
  }
}
