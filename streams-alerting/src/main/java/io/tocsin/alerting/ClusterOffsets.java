package io.tocsin.alerting;

import io.tocsin.bootstrap.config.KafkaSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Asks the cluster. Used by one thread. */
final class ClusterOffsets implements Offsets {

  private static final long STEP_SECONDS = 10;
  private static final Duration READ = Duration.ofSeconds(2);

  private final KafkaSettings kafka;
  private final String group;
  private final Admin admin;

  ClusterOffsets(KafkaSettings kafka, String group) {
    this.kafka = kafka;
    this.group = group;
    this.admin =
        Admin.create(kafka.with(Map.of(AdminClientConfig.CLIENT_ID_CONFIG, group + "-progress")));
  }

  @Override
  public Map<TopicPartition, Long> ends(Collection<String> topics) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    await(admin.describeTopics(topics).allTopicNames())
        .forEach(
            (topic, description) ->
                description
                    .partitions()
                    .forEach(
                        each ->
                            asked.put(
                                new TopicPartition(topic, each.partition()), OffsetSpec.latest())));
    ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    Map<TopicPartition, Long> ends = new HashMap<>();
    await(admin.listOffsets(asked, committed).all())
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  @Override
  public Map<TopicPartition, Long> committed() {
    // Offsets of a transaction in flight do not count and are not waited for.
    Map<TopicPartition, OffsetAndMetadata> found =
        await(
            admin
                .listConsumerGroupOffsets(Map.of(group, new ListConsumerGroupOffsetsSpec()))
                .partitionsToOffsetAndMetadata(group));
    Map<TopicPartition, Long> committed = new HashMap<>();
    found.forEach(
        (partition, offset) -> {
          if (offset != null) {
            committed.put(partition, offset.offset());
          }
        });
    return committed;
  }

  @Override
  public boolean holdsRecord(TopicPartition partition, long from, long end) {
    Map<String, Object> own =
        Map.of(
            ConsumerConfig.CLIENT_ID_CONFIG,
            group + "-progress-reader",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            1024);
    try (var consumer =
        new KafkaConsumer<>(
            kafka.with(own), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, from);
      ConsumerRecords<byte[], byte[]> read = consumer.poll(READ);
      while (read.isEmpty() && consumer.position(partition, READ) < end) {
        read = consumer.poll(READ);
      }
      return !read.isEmpty() && read.iterator().next().offset() < end;
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(2));
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(STEP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the cluster does not tell positions", e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
