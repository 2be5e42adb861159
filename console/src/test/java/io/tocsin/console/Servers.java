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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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

  /** As the indexer's templates have it, as far as the queries need it. */
  private static final String TEMPLATE =
      """
      {"index_patterns": ["tocsin-logs-*", "tocsin-telemetry-*", "tocsin-alerts-*"],
       "template": {"mappings": {"dynamic": false, "properties": {
         "ts": {"type": "date"}, "at": {"type": "date"},
         "service": {"type": "keyword"}, "level": {"type": "keyword"},
         "event": {"type": "keyword"}, "host": {"type": "keyword"},
         "source": {"type": "keyword"}, "id": {"type": "keyword"},
         "device": {"type": "keyword"}, "kind": {"type": "keyword"},
         "rule": {"type": "keyword"}, "fingerprint": {"type": "keyword"},
         "status": {"type": "keyword"}, "severity": {"type": "keyword"},
         "message": {"type": "text"}, "meta": {"type": "flat_object"}}}}}
      """;

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
    call("PUT", "/_index_template/console-test", TEMPLATE);
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

  /** Indexes documents under their ids and makes them findable. */
  public void index(String index, Map<String, String> documents) {
    StringBuilder bulk = new StringBuilder();
    documents.forEach(
        (id, json) ->
            bulk.append(
                "{\"index\":{\"_id\":\"%s\"}}\n%s\n".formatted(id, json.replace("\n", " "))));
    String answer = call("POST", "/" + index + "/_bulk?refresh=true", bulk.toString());
    assertThat(answer).contains("\"errors\":false");
  }

  private String call(String method, String path, String body) {
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
