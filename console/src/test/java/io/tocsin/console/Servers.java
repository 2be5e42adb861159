package io.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.EmbeddedOpenSearch;
import io.tocsin.topics.TopicAdmin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A real broker with the platform's topics and a real OpenSearch node, started once for all test
 * classes that ask for it. Tests keep apart by the services, devices and rules they use.
 */
public final class Servers implements AutoCloseable {

  /** Hands out the one instance, and closes it after the last test. */
  public static final class Extension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Servers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .getOrComputeIfAbsent(Servers.class, type -> new Servers(), Servers.class);
    }
  }

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** The indexer's own: a query that works on other mappings only works in tests. */
  private static final Path TEMPLATES =
      Path.of("../indexer/src/main/resources/io/tocsin/indexer/templates");

  private final Path dir;
  private final EmbeddedKafka kafka;
  private final EmbeddedOpenSearch openSearch;
  private final KafkaProducer<byte[], byte[]> producer;

  Servers() {
    try {
      dir = Files.createTempDirectory("tocsin-console");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    kafka = EmbeddedKafka.start(EmbeddedKafka.Options.in(dir.resolve("kafka")));
    openSearch = EmbeddedOpenSearch.start(EmbeddedOpenSearch.Options.in(dir.resolve("search")));
    TopicAdmin.applyDefaults(kafka());
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    putTemplates("component-", "/_component_template/");
    // These hold a measured number, so the indexer makes them and has no file for them.
    for (String index : List.of("logs", "telemetry", "alerts")) {
      ask("PUT", "/_component_template/tocsin-" + index + "-shards", "{\"template\": {}}");
    }
    putTemplates("index-", "/_index_template/");
  }

  private void putTemplates(String prefix, String path) {
    try (Stream<Path> files = Files.list(TEMPLATES)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith(prefix)) {
          String id = name.substring(prefix.length()).replace(".json", "");
          ask("PUT", path + id, Files.readString(file));
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public KafkaSettings kafka() {
    return KafkaSettings.of(kafka.bootstrapServers());
  }

  public OpenSearchSettings openSearch() {
    return OpenSearchSettings.of(openSearch.uri());
  }

  /** Writes a record and waits for its ack. */
  public void send(String topic, String key, byte[] value) {
    try {
      producer
          .send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))
          .get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The latest value under a key; empty when there is none or it was removed. */
  public Optional<byte[]> latest(String topic, String key) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "enable.auto.commit", false);
    byte[] latest = null;
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (key.equals(record.key())) {
            latest = record.value();
          }
        }
      }
    }
    return Optional.ofNullable(latest);
  }

  /** Indexes documents under their ids and makes them findable. */
  public void index(String index, Map<String, String> documents) {
    StringBuilder bulk = new StringBuilder();
    documents.forEach(
        (id, json) ->
            bulk.append(
                "{\"index\":{\"_id\":\"%s\"}}\n%s\n".formatted(id, json.replace("\n", " "))));
    String answer = ask("POST", "/" + index + "/_bulk?refresh=true", bulk.toString());
    assertThat(answer).contains("\"errors\":false");
  }

  /** Asks OpenSearch itself. */
  public String ask(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(openSearch.uri() + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
      return answer.body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    producer.close();
    openSearch.close();
    kafka.close();
    try (Stream<Path> files = Files.walk(dir)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    }
  }
}
