package io.tocsin.agent;

import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.topics.TopicAdmin;
import io.tocsin.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A real broker with all topics, and everything that ever came into those of the agent. */
public final class KafkaBox implements AutoCloseable {

  private final Path directory;
  private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();
  private EmbeddedKafka kafka;
  private KafkaConsumer<byte[], byte[]> consumer;

  public KafkaBox(Path directory) {
    this.directory = directory;
    kafka = EmbeddedKafka.start(EmbeddedKafka.Options.in(directory));
    TopicAdmin.applyDefaults(settings());
    consumer = consumer();
  }

  public KafkaSettings settings() {
    return KafkaSettings.of(kafka.bootstrapServers());
  }

  /** Goes away. */
  public void stop() {
    kafka.close();
  }

  /** Comes back on the same port with the same data. */
  public void restart() {
    String servers = kafka.bootstrapServers();
    int port = Integer.parseInt(servers.substring(servers.lastIndexOf(':') + 1));
    kafka = EmbeddedKafka.start(new EmbeddedKafka.Options(directory, port, Map.of()));
  }

  /** One record, decoded. */
  public record Got(String topic, int partition, String key, Map<String, Object> json) {
    public String text(String field) {
      return String.valueOf(json.get(field));
    }

    @SuppressWarnings("unchecked")
    public Map<String, Object> object(String field) {
      return (Map<String, Object>) json.getOrDefault(field, Map.of());
    }
  }

  /** The log events of one source, in their order within each partition. */
  public List<Got> logs(String source) {
    return of(Topics.LOGS).filter(got -> source.equals(got.json().get("source"))).toList();
  }

  public List<Got> telemetry(String device) {
    return of(Topics.TELEMETRY).filter(got -> device.equals(got.json().get("device"))).toList();
  }

  public List<Got> deadLetters() {
    return of(Topics.DEAD_LETTERS).toList();
  }

  private synchronized Stream<Got> of(String topic) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      consumer.poll(Duration.ofMillis(20)).forEach(seen::add);
    }
    return List.copyOf(seen).stream()
        .filter(record -> record.topic().equals(topic))
        .map(KafkaBox::decode);
  }

  private static Got decode(ConsumerRecord<byte[], byte[]> record) {
    try {
      return new Got(
          record.topic(),
          record.partition(),
          new String(record.key(), StandardCharsets.UTF_8),
          EventCodec.decodeObject(record.value()));
    } catch (MalformedEventException e) {
      throw new IllegalStateException(e);
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    KafkaConsumer<byte[], byte[]> fresh =
        new KafkaConsumer<>(
            settings().with(Map.of("reconnect.backoff.max.ms", 200)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Stream.of(Topics.LOGS, Topics.TELEMETRY, Topics.DEAD_LETTERS)
            .flatMap(topic -> fresh.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    fresh.assign(partitions);
    fresh.seekToBeginning(partitions);
    return fresh;
  }

  @Override
  public void close() {
    consumer.close();
    kafka.close();
  }
}
