package io.tocsin.benchmarks.indexer;

import io.tocsin.benchmarks.Sample.Meter;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.topics.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The records on the topic. */
final class Records {

  private Records() {}

  static void load(KafkaSettings kafka, long records) {
    Map<String, Object> settings =
        kafka.with(
            Map.of(
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4"));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long i = 0; i < records; i++) {
        byte[] key = Events.key(i).getBytes(StandardCharsets.UTF_8);
        var _ = producer.send(new ProducerRecord<>(Topics.LOGS, key, Events.value(i)));
      }
    }
  }

  /** Hands over all records; the meter begins when the consumer has its partitions. */
  static void read(
      KafkaSettings kafka,
      String group,
      long records,
      Meter meter,
      Consumer<ConsumerRecord<byte[], byte[]>> each)
      throws IOException {
    Map<String, Object> settings =
        kafka.with(
            Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Topics.LOGS));
      boolean begun = false;
      long seen = 0;
      while (seen < records) {
        ConsumerRecords<byte[], byte[]> some = consumer.poll(Duration.ofMillis(10));
        if (!begun && !consumer.assignment().isEmpty()) {
          meter.begin();
          begun = true;
        }
        for (ConsumerRecord<byte[], byte[]> record : some) {
          each.accept(record);
          seen++;
        }
      }
      consumer.commitSync();
    }
  }
}
