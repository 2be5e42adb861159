package io.tocsin.faults.indexer;

import io.tocsin.faults.indexer.IndexerStage.Indexer;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** What happens to the indexer's surroundings while it works. Each returns when it is over. */
enum IndexerFault {
  NOTHING("nothing else") {
    @Override
    void strike(IndexerStage stage, Random random) throws InterruptedException {
      Thread.sleep(random.nextLong(100, 4_000));
    }
  },
  SEARCH_KILLED("search node killed and started again") {
    @Override
    void strike(IndexerStage stage, Random random) throws IOException, InterruptedException {
      stage.search().kill();
      Thread.sleep(random.nextLong(3_000));
      stage.search().restart();
    }
  },
  READ_ONLY("indices read-only, as by a full disk") {
    @Override
    void strike(IndexerStage stage, Random random) throws InterruptedException {
      stage.ask("PUT", BLOCK, "{\"index.blocks.read_only_allow_delete\":true}");
      Thread.sleep(random.nextLong(1_000, 6_000));
      stage.ask("PUT", BLOCK, "{\"index.blocks.read_only_allow_delete\":null}");
    }
  },
  STORM("a storm of 429") {
    @Override
    void strike(IndexerStage stage, Random random) throws InterruptedException {
      try (Storm storm = new Storm(stage.openSearch())) {
        storm.start();
        Thread.sleep(random.nextLong(2_000, 6_000));
      }
    }
  },
  BROKER_KILLED("broker killed and started again") {
    @Override
    void strike(IndexerStage stage, Random random) throws IOException, InterruptedException {
      stage.kafka().kill();
      Thread.sleep(random.nextLong(3_000));
      stage.kafka().restart();
    }
  },
  REBALANCE("a second indexer comes and goes") {
    @Override
    void strike(IndexerStage stage, Random random) throws IOException, InterruptedException {
      try (Indexer second = stage.indexer("")) {
        second.awaitReady();
        Thread.sleep(random.nextLong(3_000));
        if (random.nextBoolean()) {
          second.kill();
        } else {
          second.stop();
        }
      }
    }
  };

  private static final String BLOCK = "/tocsin-*/_settings";

  private final String text;

  IndexerFault(String text) {
    this.text = text;
  }

  /**
   * Whether the indexer has met it, as far as that can be seen.
   *
   * @param retries documents that it sent again, by reason
   */
  boolean wasFelt(Map<String, Long> retries) {
    return switch (this) {
      case SEARCH_KILLED ->
          Stream.of("unreachable", "connection_lost", "timeout", "unavailable")
              .anyMatch(retries::containsKey);
      case READ_ONLY -> retries.containsKey("read_only");
      case STORM -> retries.containsKey("overloaded");
      case NOTHING, BROKER_KILLED, REBALANCE -> true;
    };
  }

  abstract void strike(IndexerStage stage, Random random) throws IOException, InterruptedException;

  @Override
  public String toString() {
    return text;
  }
}
