package io.tocsin.alerting.topology;

import io.tocsin.alerting.rule.RuleSet;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.event.Alert;
import io.tocsin.event.DeadLetter;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.MalformedEventException;
import io.tocsin.event.ServiceHealth;
import io.tocsin.event.Telemetry;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** The topology on the bench: one task, time in the hands of the test. */
final class Bench implements AutoCloseable {

  static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  final SettableClock clock;
  final RuleBook rules;
  final Metrics metrics = new Metrics();
  final AlertingMetrics counts = new AlertingMetrics(metrics);

  /** What is unread holds the clock back to here; null when all is read. */
  Instant unreadSince;

  private final TopologyTestDriver driver;
  private long sequence;

  /** With two shards, about half of all groups live elsewhere, and their records travel. */
  Bench(Path dir, int shards, String rules) {
    this(dir, shards, rules, START);
  }

  Bench(Path dir, int shards, String rules, Instant start) {
    this.clock = new SettableClock(start);
    this.rules = new RuleBook(RuleSet.parse("bench", rules));
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "bench");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, dir.toString());
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbBounds.class);
    ReadProgress progress =
        new ReadProgress() {
          @Override
          public Instant readUpTo() {
            return unreadSince == null ? clock.instant() : unreadSince;
          }

          @Override
          public void demand(Instant due) {}
        };
    var parts =
        new AlertingTopology.Parts(
            AlertingTopology.Inputs.of("bench"),
            new Shards(shards),
            this.rules,
            progress,
            counts,
            clock);
    driver = new TopologyTestDriver(AlertingTopology.build(parts), settings, start);
  }

  /** An event of now, read now. */
  void log(String service, String event, Map<String, Object> meta) {
    log(clock.instant(), service, event, meta, "edge/test/1/" + sequence++);
  }

  /** What the one store holds, to be taken over by the next driver, which forgets all on close. */
  Map<Bytes, byte[]> state() {
    Map<Bytes, byte[]> entries = new HashMap<>();
    try (var all = store().prefixScan(new byte[0])) {
      all.forEachRemaining(entry -> entries.put(entry.key, entry.value));
    }
    return entries;
  }

  void takeOver(Map<Bytes, byte[]> state) {
    ShardStore store = store();
    state.forEach((key, value) -> store.put(key, () -> value));
  }

  private ShardStore store() {
    return (ShardStore) driver.getStateStore(AlertingTopology.STORE);
  }

  void log(Instant ts, String service, String event, Map<String, Object> meta, String id) {
    LogEvent record =
        new LogEvent(ts, service, Level.ERROR, event, "text", meta, "host", "test", id);
    send(Topics.LOGS, service, EventCodec.encode(record));
  }

  void telemetry(String service, String device, Map<String, Object> values) {
    String id = "edge/serial/1/" + sequence++;
    Telemetry record =
        new Telemetry(
            clock.instant(), service, device, "stat", Map.copyOf(values), Map.of(), "host", id);
    send(Topics.TELEMETRY, device, EventCodec.encode(record));
  }

  void send(String topic, String key, byte[] value) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(key.getBytes(StandardCharsets.UTF_8), value, clock.instant());
  }

  void advance(Duration by) {
    clock.advance(by);
    driver.advanceWallClockTime(by);
  }

  /** The transitions since the last call, as {@code status rule group}. */
  List<String> transitions() {
    return alerts().stream()
        .map(
            alert ->
                alert.status().name().toLowerCase(Locale.ROOT)
                    + " "
                    + alert.rule()
                    + " "
                    + alert.group())
        .toList();
  }

  List<Alert> alerts() {
    return read(Topics.ALERTS, EventCodec::decodeAlert);
  }

  List<Alert> alertState() {
    return read(Topics.ALERT_STATE, EventCodec::decodeAlert);
  }

  /** The healths since the last call, as {@code service status}. */
  List<String> health() {
    return read(Topics.HEALTH, EventCodec::decodeHealth).stream()
        .map(each -> each.service() + " " + each.status().name().toLowerCase(Locale.ROOT))
        .toList();
  }

  List<ServiceHealth> healths() {
    return read(Topics.HEALTH, EventCodec::decodeHealth);
  }

  List<DeadLetter> deadLetters() {
    return read(Topics.DEAD_LETTERS, EventCodec::decodeDeadLetter);
  }

  /** How many records were sent on through the re-keyed topic since the last call. */
  int travelled() {
    return output("bench-rekeyed").readValuesToList().size();
  }

  String metric(String name) {
    return new String(metrics.text(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .orElse(name + " is missing");
  }

  private interface Codec<T> {
    T decode(byte[] json) throws MalformedEventException;
  }

  private <T> List<T> read(String topic, Codec<T> codec) {
    return output(topic).readValuesToList().stream()
        .map(
            json -> {
              try {
                return codec.decode(json);
              } catch (MalformedEventException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    driver.close();
  }
}
