package io.tocsin.indexer.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is due. Pure: the same indices at the same time give the same steps. */
final class LifecyclePlan {

  private static final int MOST_SHARDS = 64;

  /** Days that a family's rate is measured over. */
  private static final int DAYS = 7;

  private final LifecycleConfig config;
  private final int fewestShards;

  LifecyclePlan(LifecycleConfig config, int fewestShards) {
    this.config = config;
    this.fewestShards = fewestShards;
  }

  /** The steps for one index, in order. */
  List<LifecycleStep> steps(IndexState index, Instant now) {
    if (index.closed()) {
      // Closed by us half way through a compression: that is finished. By others: left alone.
      return index.notes().closing()
          ? List.of(new LifecycleStep.Compress(index.name(), index.notes().writes()))
          : List.of();
    }
    if (index.writes() < 0) {
      return List.of();
    }
    Instant lastWrite = index.lastWrite(now);
    Duration quiet = Duration.between(lastWrite, now);
    String family = Family.of(index.name()).orElseThrow();
    if (quiet.compareTo(config.retentionOf(family)) >= 0) {
      return removal(index, lastWrite);
    }
    if (!lastWrite.equals(index.notes().since())) {
      return List.of(new LifecycleStep.Note(index.name(), index.writes(), lastWrite));
    }
    if (quiet.compareTo(config.compressAfter()) < 0 || index.notes().merged() == index.writes()) {
      return List.of();
    }
    return List.of(
        index.compressed()
            ? new LifecycleStep.Merge(index.name(), index.writes())
            : new LifecycleStep.Compress(index.name(), index.writes()));
  }

  private List<LifecycleStep> removal(IndexState index, Instant lastWrite) {
    List<LifecycleStep> steps = new ArrayList<>();
    LifecycleConfig.Snapshots snapshots = config.snapshots();
    if (snapshots != null) {
      // Named by what it holds: the same index written to once more gets another.
      String name = index.name() + "-" + index.writes();
      steps.add(new LifecycleStep.Snapshot(index.name(), snapshots.repository(), name));
    }
    steps.add(new LifecycleStep.Delete(index.name(), index.writes(), lastWrite));
    return steps;
  }

  /**
   * How many shards the next days need, judged by the largest of the last days.
   *
   * @param present what each family's next index would get now
   */
  List<LifecycleStep> shards(List<IndexState> indices, Map<String, Integer> present) {
    List<LifecycleStep> steps = new ArrayList<>();
    present.forEach(
        (family, now) -> {
          int needed =
              indices.stream()
                  .filter(index -> Family.of(index.name()).orElseThrow().equals(family))
                  .sorted(java.util.Comparator.comparing(IndexState::name).reversed())
                  .limit(DAYS)
                  .mapToInt(index -> shardsFor(index.bytes()))
                  .max()
                  .orElse(1);
          int wanted = Math.max(fewestShards, needed);
          if (wanted != now) {
            steps.add(new LifecycleStep.Shards(family, now, wanted));
          }
        });
    return steps;
  }

  private int shardsFor(long bytes) {
    return Math.clamp(Math.ceilDiv(bytes, config.shardSize().bytes()), 1, MOST_SHARDS);
  }
}
