package io.tocsin.benchmarks.alerting;

import io.tocsin.alerting.topology.AlertingTopology;
import io.tocsin.benchmarks.ChildProcess;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How fast alerting works off a backlog, measured by what it has committed. */
final class Drain implements AutoCloseable {

  static final String APPLICATION = "tocsin-alerting";
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final int NEARLY_ALL = 100;

  private final String address;
  private final Path folder;
  private final Admin admin;

  Drain(String address, Path folder) {
    this.address = address;
    this.folder = folder;
    this.admin = Admin.create(KafkaSettings.of(address).with(Map.of()));
  }

  /** How fast it goes with these rules, from the first commit that is seen to the last. */
  Pace pace(Path rules, long warmUp, long events) throws IOException, InterruptedException {
    forget();
    Path state = folder.resolve("state-" + rules.getFileName());
    List<String> arguments = List.of(address, state.toString(), rules.toString());
    try (ChildProcess alerting = ChildProcess.start(TocsinAlerting.class, "256m", arguments)) {
      Pace pace = new Pace(warmUp, warmUp + events, alerting::cpuSeconds);
      awaitAll(warmUp + events, pace::at);
      alerting.await("ready");
      return pace;
    }
  }

  /**
   * Waits until all are evaluated.
   *
   * @param each told again and again how many are
   */
  void awaitAll(long events, LongConsumer each) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Map<TopicPartition, OffsetAndMetadata> committed = committed();
      long done = sum(committed, Topics.LOGS);
      each.accept(done);
      if (done >= events && rekeyedLeft(committed) < NEARLY_ALL) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("after 15 minutes " + done + " of " + events + " are evaluated");
      }
      Thread.sleep(LOOK);
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> committed()
      throws IOException, InterruptedException {
    try {
      return admin.listConsumerGroupOffsets(APPLICATION).partitionsToOffsetAndMetadata().get();
    } catch (ExecutionException e) {
      return Map.of(); // the group is not there yet
    }
  }

  private static long sum(Map<TopicPartition, OffsetAndMetadata> offsets, String topic) {
    return offsets.entrySet().stream()
        .filter(each -> each.getKey().topic().equals(topic))
        .mapToLong(each -> each.getValue().offset())
        .sum();
  }

  private long rekeyedLeft(Map<TopicPartition, OffsetAndMetadata> committed)
      throws IOException, InterruptedException {
    String rekeyed = AlertingTopology.Inputs.of(APPLICATION).rekeyed();
    try {
      TopicDescription found =
          admin.describeTopics(List.of(rekeyed)).allTopicNames().get().get(rekeyed);
      Map<TopicPartition, OffsetSpec> asked =
          Objects.requireNonNull(found).partitions().stream()
              .collect(
                  Collectors.toMap(
                      info -> new TopicPartition(rekeyed, info.partition()),
                      info -> OffsetSpec.latest()));
      long ends =
          admin.listOffsets(asked).all().get().values().stream()
              .mapToLong(end -> end.offset())
              .sum();
      // Ends of transactions take offsets, too, and the last are never committed.
      return ends - sum(committed, rekeyed);
    } catch (ExecutionException e) {
      throw new IOException("the broker does not tell positions", e);
    }
  }

  /** Makes the application as if it had never run. */
  private void forget() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    try {
      Set<String> own = Set.copyOf(admin.listTopics().names().get());
      admin
          .deleteTopics(own.stream().filter(topic -> topic.startsWith(APPLICATION)).toList())
          .all()
          .get();
      while (admin.listGroups().all().get().stream()
          .anyMatch(group -> group.groupId().equals(APPLICATION))) {
        try {
          admin.deleteConsumerGroups(List.of(APPLICATION)).all().get();
        } catch (ExecutionException e) {
          // Its last member is known by name and missed only when its session ends.
          if (System.nanoTime() > deadline) {
            throw e;
          }
          Thread.sleep(500);
        }
      }
    } catch (ExecutionException e) {
      throw new IOException("what an earlier run left cannot be removed", e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
