package io.tocsin.agent.source.file;

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
import io.tocsin.agent.transform.TransformSettings;
import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A file source that looks often, its files, and what it brought to a real broker. */
final class FileBox implements AutoCloseable {

  static final Duration SOON = Duration.ofSeconds(30);
  private static final Timing OFTEN =
      new Timing(
          Duration.ofMillis(5),
          Duration.ofMillis(10),
          Duration.ofMillis(30),
          Duration.ofSeconds(2));

  final Path dir;
  private final KafkaBox kafka;
  private final String name;
  private final String yaml;
  private final Path checkpoints;
  private Publisher publisher;
  private FileSource source;

  /** Reads {@code glob} in {@code dir}; {@code more} is YAML of further keys. */
  FileBox(KafkaBox kafka, Path dir, String glob, String more) throws IOException {
    this.kafka = kafka;
    this.dir = dir;
    this.name = dir.getFileName().toString();
    this.yaml = "paths: ['%s/%s']\nservice: api\nname: '%s'\n%s".formatted(dir, glob, name, more);
    this.checkpoints = Files.createDirectories(dir.resolve("checkpoints"));
  }

  FileBox start() {
    return start(kafka.settings());
  }

  FileBox start(KafkaSettings settings) {
    Metrics metrics = new Metrics();
    publisher = new Publisher(settings, Clock.systemUTC(), metrics);
    source =
        new FileSource(
            ConfigReader.read("test.yaml", yaml, FileConfig.class),
            new Origin("edge", "host"),
            checkpoints,
            publisher,
            new Budget(1 << 20),
            transform(metrics),
            Clock.systemUTC(),
            metrics,
            OFTEN);
    publisher.start();
    source.start();
    return this;
  }

  private Transform transform(Metrics metrics) {
    return new Transform(
        name,
        TransformSettings.NONE,
        null,
        true,
        new RecordedDrafts(),
        Clock.systemUTC(),
        System::nanoTime,
        metrics);
  }

  /** As the agent does it. */
  void stop() {
    source.close();
    await().atMost(SOON).until(() -> !publisher.isBusy());
    publisher.close();
    source.saveProgress();
  }

  /** Nothing is saved that was not saved already, nothing waited for. */
  void kill() {
    source.close();
    publisher.close();
  }

  String status() {
    return source.status().detail();
  }

  Path file(String file) {
    return dir.resolve(file);
  }

  /** Appends text as it is. */
  void write(String file, String text) throws IOException {
    Files.writeString(file(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  void line(String file, String... lines) throws IOException {
    write(file, String.join("\n", lines) + "\n");
  }

  List<Got> events() {
    return kafka.logs(name);
  }

  /** Messages, each id once; a second record of the same id must be the same. */
  List<String> messages() {
    List<String> messages = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Got got : events()) {
      if (ids.add(got.text("id"))) {
        messages.add(got.text("message"));
      }
    }
    return messages;
  }

  /** Waits for all of these, in any order, and nothing else: neither lost nor under two ids. */
  void expect(String... messages) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(messages()).containsAll(Arrays.asList(messages)));
    assertThat(messages()).containsExactlyInAnyOrder(messages);
  }

  /** The same, and that nothing was sent twice. */
  void expectOnce(String... messages) {
    expect(messages);
    assertThat(events()).hasSize(messages.length);
  }

  /** How far the saved checkpoints say this file is, or -1. */
  long saved(String file) throws IOException {
    return new CheckpointFile(checkpoints, name)
        .load().stream()
            .filter(known -> known.path().equals(file(file)))
            .mapToLong(Checkpoint::offset)
            .max()
            .orElse(-1);
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Override
  public void close() {
    source.close();
    publisher.close();
    source.saveProgress();
  }
}
