package io.tocsin.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.event.EventCodec;
import io.tocsin.event.LogEvent;
import io.tocsin.topics.TopicAdmin;
import io.tocsin.topics.Topics;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program's lines on their way through a pipe to a real broker. */
class AgentPipeTest {

  @Test
  void theCommandEndsWithItsInputWhenTheBrokerHasEveryLine(@TempDir Path folder) throws Exception {
    try (EmbeddedKafka kafka =
        EmbeddedKafka.start(EmbeddedKafka.Options.in(folder.resolve("kafka")))) {
      // Given
      TopicAdmin.applyDefaults(KafkaSettings.of(kafka.bootstrapServers()));
      List<String> lines = IntStream.range(0, 500).mapToObj(i -> "line " + i).toList();

      // When
      Invocation run =
          piped(
              String.join("\n", lines),
              "--data",
              folder.resolve("agent").toString(),
              "--bootstrap-servers",
              kafka.bootstrapServers());

      // Then
      assertThat(run.err()).isEmpty();
      assertThat(run.status()).isZero();
      assertThat(run.out()).contains("running").contains("stopping");
      List<LogEvent> logs = logs(kafka);
      assertThat(logs).extracting(LogEvent::message).containsExactlyElementsOf(lines);
      assertThat(logs).extracting(LogEvent::service).containsOnly("api");
    }
  }

  @Test
  void withoutAnythingToReadItSaysWhatToGive() {
    // When
    Invocation run = Invocation.of("agent", "run");

    // Then
    assertThat(run.status()).isNotZero();
    assertThat(run.err()).contains("--config").contains("--stdin");
  }

  private static Invocation piped(String text, String... more) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(UTF_8)));
    try {
      List<String> arguments =
          new ArrayList<>(
              List.of("agent", "run", "--stdin", "--service", "api", "--ops-port", "0"));
      arguments.addAll(List.of(more));
      return Invocation.of(arguments.toArray(String[]::new));
    } finally {
      System.setIn(before);
    }
  }

  private static List<LogEvent> logs(EmbeddedKafka kafka) throws Exception {
    List<LogEvent> events = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.LOGS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          events.add(EventCodec.decodeLog(record.value()));
        }
      }
    }
    return events;
  }
}
