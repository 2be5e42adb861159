package io.tocsin.faults.indexer;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.faults.indexer.Freight.Kind;
import io.tocsin.indexer.IndexerConfig;
import io.tocsin.indexer.IndexerService;
import io.tocsin.topics.TopicAdmin;
import io.tocsin.topics.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** How fast a clean topic is drained, and one in which every tenth record is odd or bad. */
final class DrainRace {

  private static final Duration PATIENCE = Duration.ofMinutes(30);

  /**
   * Of the odd ones, one in so many weighs megabytes: at one in ten the bytes would be the race.
   */
  private static final int HEAVY_EVERY = 500;

  private final IndexerStage stage;
  private final Freight freight;
  private final int records;
  private final Consumer<String> tell;

  DrainRace(IndexerStage stage, Freight freight, int records, Consumer<String> tell) {
    this.stage = stage;
    this.freight = freight;
    this.records = records;
    this.tell = tell;
  }

  /** The poisoned topic's speed as a share of the clean one's. */
  double run() throws InterruptedException {
    load(false);
    drain("warm-up");
    double clean = drain("clean");
    load(true);
    double poisoned = drain("poisoned");
    tell.accept(
        "drained: %,.0f records a second clean, %,.0f poisoned: %.2f of it"
            .formatted(clean, poisoned, poisoned / clean));
    return poisoned / clean;
  }

  private void load(boolean poisoned) throws InterruptedException {
    try (Admin admin = Admin.create(stage.kafkaSettings().with(Map.of()))) {
      admin.deleteTopics(List.of(Topics.LOGS, Topics.DEAD_LETTERS)).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    TopicAdmin.applyDefaults(stage.kafkaSettings());
    try (FreightSender sender = new FreightSender(stage.kafkaSettings(), freight, 0, 0)) {
      for (int i = 0; i < records; i++) {
        if (!poisoned || i % 10 != 0) {
          sender.send(Kind.EVENT, i);
        } else if (i / 10 % HEAVY_EVERY == 0) {
          sender.send(Freight.heavy(i / 10 / HEAVY_EVERY), i);
        } else {
          sender.send(Freight.odd(i / 10), i);
        }
      }
    }
  }

  /** Records a second, from the first that is settled to the last. */
  private double drain(String name) throws InterruptedException {
    stage.ask("DELETE", "/tocsin-*", "");
    IndexerConfig config =
        ConfigReader.read("race", "{ group: race-" + name + " }", IndexerConfig.class);
    try (IndexerService indexer =
        new IndexerService(
            config,
            stage.kafkaSettings(),
            OpenSearchSettings.of(stage.openSearch()),
            new Metrics(),
            Clock.systemUTC())) {
      indexer.start();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (settled(indexer) == 0 && System.nanoTime() < end) {
        Thread.sleep(1);
      }
      long first = settled(indexer);
      long begun = System.nanoTime();
      while (settled(indexer) < records && System.nanoTime() < end) {
        Thread.sleep(2);
      }
      return (settled(indexer) - first) * 1e9 / (System.nanoTime() - begun);
    }
  }

  private static long settled(IndexerService indexer) {
    var status = indexer.status();
    return status.indexed() + status.duplicates() + status.deadLetters();
  }
}
