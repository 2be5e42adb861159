package io.tocsin.benchmarks.alerting;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.topics.Topics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The limit: a consumer that parses every record with Jackson and does nothing else. */
final class PlainConsumer {

  private PlainConsumer() {}

  /**
   * Arguments: Kafka, how many records come first, how many then. Prints {@code rate} and the
   * records a second of both parts.
   */
  public static void main(String[] arguments) throws IOException {
    long warmUp = Long.parseLong(arguments[1]);
    long events = warmUp + Long.parseLong(arguments[2]);
    ObjectMapper json = new ObjectMapper();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            KafkaSettings.of(arguments[0]).with(Map.of("isolation.level", "read_committed")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.LOGS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Pace pace = new Pace(warmUp, events, PlainConsumer::cpuSeconds);
      long read = 0;
      long fields = 0;
      while (read < events) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(1));
        for (ConsumerRecord<byte[], byte[]> record : records) {
          fields += json.readValue(record.value(), Map.class).size();
        }
        read += records.count();
        pace.at(read);
      }
      System.out.println(
          "rate " + pace.cold() + " " + pace.warm() + " " + pace.warmCpuMicros() + " " + fields);
    }
  }

  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }
}
