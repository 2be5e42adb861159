package io.tocsin.indexer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.EmbeddedOpenSearch;
import io.tocsin.event.DeadLetter;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.topics.TopicAdmin;
import io.tocsin.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A broker and a node that a JVM's tests share, and short ways to talk to them. */
final class Platform {

  static final Duration BOUND = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static Platform shared;

  private final EmbeddedKafka kafka;
  private final EmbeddedOpenSearch openSearch;
  private final Path snapshots;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Admin admin;

  private Platform() {
    Path dir = temporary();
    kafka =
        EmbeddedKafka.start(
            new EmbeddedKafka.Options(
                dir.resolve("kafka"), 0, Map.of("message.max.bytes", "20971520")));
    snapshots = dir.resolve("snapshots").toAbsolutePath().normalize();
    openSearch =
        EmbeddedOpenSearch.start(
            new EmbeddedOpenSearch.Options(
                dir.resolve("search"), 0, Map.of("path.repo", snapshots.toString())));
    Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
    admin = Admin.create(client);
    producer =
        new KafkaProducer<>(
            kafkaSettings().with(Map.of("max.request.size", 20971520, "buffer.memory", 64 << 20)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory(Path.of("target"), "platform");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The platform, with empty topics and no indices. */
  static synchronized Platform fresh() {
    if (shared == null) {
      shared = new Platform();
    }
    shared.wipe();
    return shared;
  }

  private void wipe() {
    try {
      Set<String> topics = admin.listTopics().names().get();
      topics.removeIf(topic -> !topic.startsWith("tocsin."));
      admin.deleteTopics(topics).all().get();
      Awaitility.await()
          .atMost(BOUND)
          .until(() -> admin.listTopics().names().get().stream().noneMatch(topics::contains));
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    TopicAdmin.applyDefaults(kafkaSettings());
    send("DELETE", "/tocsin-*,reindex-*?expand_wildcards=all", "");
    send("DELETE", "/_snapshot/*", "");
    send("DELETE", "/_index_template/tocsin-*", "");
    send("DELETE", "/_component_template/tocsin-*", "");
  }

  KafkaSettings kafkaSettings() {
    return KafkaSettings.of(kafka.bootstrapServers());
  }

  OpenSearchSettings openSearchSettings() {
    return OpenSearchSettings.of(openSearch.uri());
  }

  URI openSearchUri() {
    return openSearch.uri();
  }

  /** Where the node may keep snapshots. */
  Path snapshots() {
    return snapshots;
  }

  Admin admin() {
    return admin;
  }

  Future<?> produce(String topic, String key, String value) {
    return produce(topic, key, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  Future<?> produce(String topic, String key, byte[] value) {
    byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    return producer.send(new ProducerRecord<>(topic, bytes, value));
  }

  Future<?> produce(ProducerRecord<byte[], byte[]> record) {
    return producer.send(record);
  }

  void flush() {
    producer.flush();
  }

  long committed(String group) {
    try {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(offset -> offset == null ? 0 : offset.offset())
          .sum();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All dead letters there are at the moment. */
  List<DeadLetter> deadLetters() {
    try (var consumer =
        new KafkaConsumer<>(
            kafkaSettings().with(Map.of("max.partition.fetch.bytes", 20 << 20)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.DEAD_LETTERS).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<DeadLetter> letters = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          letters.add(EventCodec.decodeDeadLetter(record.value()));
        }
      }
      return letters;
    } catch (MalformedEventException e) {
      throw new IllegalStateException(e);
    }
  }

  JsonNode send(String method, String path, String body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(openSearch.uri().resolve(path))
              .header("Content-Type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build();
      return JSON.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Refreshes and counts; 0 when there is no such index. */
  long count(String indices) {
    send("POST", "/" + indices + "/_refresh?ignore_unavailable=true", "");
    return send("GET", "/" + indices + "/_count?ignore_unavailable=true", "")
        .path("count")
        .asLong();
  }

  /** Waits until so many documents are searchable. */
  void awaitCount(String indices, long count) {
    Awaitility.await()
        .atMost(BOUND)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> count(indices), found -> found == count);
  }

  JsonNode search(String indices, String query) {
    send("POST", "/" + indices + "/_refresh?ignore_unavailable=true", "");
    return send("POST", "/" + indices + "/_search?ignore_unavailable=true", query);
  }

  /** The bytes of a document's source, as they came. */
  String source(String index, String id) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(openSearch.uri().resolve("/" + index + "/_source/" + id)).build();
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void close() {
    producer.close(Duration.ofSeconds(1));
    admin.close(Duration.ofSeconds(1));
    openSearch.close();
    kafka.close();
  }
}
