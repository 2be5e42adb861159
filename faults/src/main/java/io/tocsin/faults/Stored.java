package io.tocsin.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.topics.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What is left on the topics and in the index. */
final class Stored {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /**
   * The numbered lines in the index.
   *
   * @param documents how many documents there are
   * @param numbers which lines they are
   */
  record Lines(long documents, BitSet numbers) {}

  private Stored() {}

  static long count(URI search) throws IOException, InterruptedException {
    post(search, "/tocsin-logs-*/_refresh", "");
    return post(search, "/tocsin-logs-*/_count", "{\"query\":{\"match\":{\"event\":\"line\"}}}")
        .path("count")
        .asLong();
  }

  static Lines lines(URI search) throws IOException, InterruptedException {
    BitSet numbers = new BitSet();
    long documents = 0;
    JsonNode page =
        post(
            search,
            "/tocsin-logs-*/_search?scroll=1m",
            "{\"size\":5000,\"_source\":[\"message\"],\"query\":{\"match\":{\"event\":\"line\"}}}");
    while (!page.path("hits").path("hits").isEmpty()) {
      for (JsonNode hit : page.path("hits").path("hits")) {
        documents++;
        numbers.set(hit.path("_source").path("message").asInt());
      }
      String scroll = "{\"scroll\":\"1m\",\"scroll_id\":" + page.path("_scroll_id") + "}";
      page = post(search, "/_search/scroll", scroll);
    }
    return new Lines(documents, numbers);
  }

  /** Every committed transition, in the order of its partition. */
  static List<Alert> transitions(String kafka) throws MalformedEventException {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka, "isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.ALERTS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<Alert> alerts = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
          alerts.add(EventCodec.decodeAlert(record.value()));
        }
      }
      return alerts;
    }
  }

  private static JsonNode post(URI search, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(search.resolve(path))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return JSON.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}
