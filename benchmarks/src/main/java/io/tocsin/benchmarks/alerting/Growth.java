package io.tocsin.benchmarks.alerting;

import io.tocsin.alerting.topology.AlertingTopology;
import io.tocsin.benchmarks.ChildProcess;
import io.tocsin.bootstrap.config.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** How large the state of many groups is, and how long it takes to come back. */
final class Growth {

  private static final String HEAP = "768m";

  private final String address;
  private final Path state;
  private final Path rules;

  Growth(String address, Path folder) throws IOException {
    this.address = address;
    this.state = folder.resolve("state-grown");
    this.rules = Rules.grouping(folder);
  }

  /**
   * What came of it.
   *
   * @param diskMib the state folder
   * @param changelogMib the changelog topic, before it is compacted
   * @param paces what a new group took, by how many there were in the end
   * @param kept seconds from the start to the first alert, over the folder of the last run
   * @param restored the same over an empty folder, all state coming from Kafka
   */
  record Figures(
      Map<Integer, Growing.Cost> paces,
      long diskMib,
      long changelogMib,
      double kept,
      double restored) {}

  Figures measure(Drain drain, int groups) throws IOException, InterruptedException {
    KafkaSettings kafka = KafkaSettings.of(address);
    try (Tipping tipping = new Tipping(kafka, Clock.systemUTC())) {
      Map<Integer, Growing.Cost> paces;
      Events.loadGroups(kafka, groups, Rules.GROUPING, Clock.systemUTC().instant());
      try (ChildProcess alerting = start()) {
        Growing growing = new Growing(groups, alerting::cpuSeconds);
        drain.awaitAll(groups, growing::at);
        alerting.await("ready");
        paces = growing.costs();
      }
      long disk = size(state) >> 20;
      long changelog = changelogBytes(kafka) >> 20;
      double kept = untilAlert(tipping, "kept");
      delete(state);
      return new Figures(paces, disk, changelog, kept, untilAlert(tipping, "restored"));
    }
  }

  private double untilAlert(Tipping tipping, String name) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    try (ChildProcess alerting = start()) {
      double seconds = tipping.tip(name, begun);
      alerting.await("ready");
      return seconds;
    }
  }

  private ChildProcess start() throws IOException {
    return ChildProcess.start(
        TocsinAlerting.class, HEAP, List.of(address, state.toString(), rules.toString()));
  }

  private static long changelogBytes(KafkaSettings kafka) throws IOException, InterruptedException {
    String changelog = AlertingTopology.changelogOf(Drain.APPLICATION);
    try (Admin admin = Admin.create(kafka.with(Map.of()))) {
      List<Integer> brokers =
          admin.describeCluster().nodes().get().stream().map(node -> node.id()).toList();
      return admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
          .flatMap(dirs -> dirs.values().stream())
          .flatMap(dir -> dir.replicaInfos().entrySet().stream())
          .filter(replica -> replica.getKey().topic().equals(changelog))
          .mapToLong(replica -> replica.getValue().size())
          .sum();
    } catch (ExecutionException e) {
      throw new IOException("the broker does not tell sizes", e);
    }
  }

  private static long size(Path of) throws IOException {
    try (Stream<Path> files = Files.walk(of)) {
      return files.filter(Files::isRegularFile).mapToLong(Growth::sizeOf).sum();
    }
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path of) throws IOException {
    try (Stream<Path> files = Files.walk(of)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
