package io.tocsin.faults.indexer;

import io.tocsin.faults.indexer.FreightTruth.Finding;
import io.tocsin.faults.indexer.IndexerStage.Indexer;
import io.tocsin.faults.stage.Campaign;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin faults indexer}. */
@Command(
    name = "indexer",
    description = {
      "Kills the indexer while events come in, and breaks what it stands on.",
      "In turns the search node is killed, turns read-only or refuses with 429, the broker is"
          + " killed, and a second indexer comes and goes. At the end the documents must be the"
          + " distinct ids sent and the dead letters the bad records, exactly; reading the whole"
          + " topic again must change neither; and a topic with one bad record in ten must be"
          + " drained at no less than half the speed of a clean one."
    },
    mixinStandardHelpOptions = true)
public final class IndexerCampaign extends Campaign {

  private static final Duration PATIENCE = Duration.ofMinutes(30);

  @Option(names = "--rounds", defaultValue = "20", description = "how many kills (default: 20)")
  private int rounds;

  @Option(names = "--rate", defaultValue = "5000", description = "events a second (default: 5000)")
  private int rate;

  @Option(
      names = "--drain",
      defaultValue = "100000",
      description = "records of each topic that is drained; 0 for none (default: 100000)")
  private int drain;

  private final List<String> problems = new ArrayList<>();
  private final Set<IndexerFault> struck = EnumSet.noneOf(IndexerFault.class);

  @Override
  protected boolean run(Path folder) throws IOException, InterruptedException {
    Freight freight = new Freight(seed(), Clock.systemUTC().instant().minus(4, ChronoUnit.DAYS));
    tell("seed " + seed() + ", " + rounds + " kills, " + rate + " events a second");
    try (IndexerStage stage = IndexerStage.open(folder)) {
      try (FreightSender sender = new FreightSender(stage.kafkaSettings(), freight, rate, seed())) {
        sender.start();
        breakThings(stage, sender);
        sender.close();
        require(sender.refused() == 0, sender.refused() + " records never reached the broker");
      }
      FreightTruth truth = FreightTruth.of(stage.kafkaSettings());
      reportFaults(stage.retries());
      settle(stage, truth, "after the faults");
      stage.forgetOffsets();
      settle(stage, truth, "after reading all of it again");
      if (drain > 0) {
        double ratio = new DrainRace(stage, freight, drain, this::tell).run();
        require(ratio >= 0.5, "the poisoned topic is drained too slowly");
      }
    }
    problems.stream().limit(20).forEach(this::tell);
    return problems.isEmpty();
  }

  /** A fault that the indexer did not notice has proved nothing. */
  private void reportFaults(Map<String, Long> retries) {
    tell("documents sent again, by reason: " + retries);
    tell(
        "documents refused with 429 by a node under pressure: "
            + retries.getOrDefault("overloaded", 0L));
    for (IndexerFault fault : struck) {
      require(fault.wasFelt(retries), "the indexer noticed nothing of: " + fault);
    }
  }

  private void breakThings(IndexerStage stage, FreightSender sender)
      throws IOException, InterruptedException {
    Random random = new Random(seed());
    IndexerFault[] faults = IndexerFault.values();
    for (int round = 1; round <= rounds; round++) {
      IndexerFault fault = faults[(round - 1) % faults.length];
      try (Indexer indexer = stage.indexer("first").awaitReady()) {
        if (round == 1) {
          awaitFirstDocuments(stage);
        }
        Thread.sleep(random.nextLong(500, 3_000));
        fault.strike(stage, random);
        struck.add(fault);
        Thread.sleep(random.nextLong(100, 6_000));
        indexer.kill();
      }
      tell("round " + round + ": " + fault + ", then killed; " + sender.sent() + " records sent");
    }
  }

  /** So that there are indices that something can happen to. */
  private static void awaitFirstDocuments(IndexerStage stage) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (stage.committed() == 0 && System.nanoTime() < end) {
      Thread.sleep(500);
    }
  }

  /** Lets one indexer finish, and looks. */
  private void settle(IndexerStage stage, FreightTruth truth, String when)
      throws IOException, InterruptedException {
    try (Indexer indexer = stage.indexer("first").awaitReady()) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (stage.committed() < truth.records() && System.nanoTime() < end) {
        Thread.sleep(1_000);
      }
      require(stage.committed() == truth.records(), "not everything was settled " + when);
      indexer.stop();
    }
    Finding finding = truth.compare(stage.kafkaSettings(), stage.openSearch());
    finding.problems().forEach(problem -> problems.add(when + ": " + problem));
    tell(
        "%s: %,d records, %,d documents of %,d, %,d dead letters of %,d (%,d of them twice or more)"
            .formatted(
                when,
                truth.records(),
                finding.documents(),
                truth.documents().size(),
                finding.deadLetters(),
                truth.bad().size(),
                finding.lettersTwice()));
  }

  private void require(boolean good, String problem) {
    if (!good) {
      problems.add(problem);
    }
  }
}
