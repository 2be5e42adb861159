package io.tocsin.indexer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.indexer.lifecycle.IndexState.Notes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LifecyclePlanTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String LOGS = "tocsin-logs-2026.10.01";

  private final LifecyclePlan plan = plan("{}");

  private static LifecyclePlan plan(String yaml) {
    return new LifecyclePlan(ConfigReader.read("test", yaml, LifecycleConfig.class), 1);
  }

  private static IndexState index(String name, long writes, Notes notes) {
    return new IndexState(name, false, false, writes, 1_000, 1, notes);
  }

  private static Notes seen(long writes, Duration ago, long merged) {
    return new Notes(writes, NOW.minus(ago), merged, false);
  }

  @Test
  void anIndexSeenForTheFirstTimeCountsAsWrittenNowWhateverItsName() {
    assertThat(plan.steps(index(LOGS, 7, Notes.NONE), NOW))
        .containsExactly(new LifecycleStep.Note(LOGS, 7, NOW));
  }

  @Test
  void anIndexThatWasWrittenToSinceTheLastLookIsNotOld() {
    assertThat(plan.steps(index(LOGS, 8, seen(7, Duration.ofDays(99), -1)), NOW))
        .containsExactly(new LifecycleStep.Note(LOGS, 8, NOW));
  }

  @Test
  void whatRestsForADayIsCompressedOnceAndThenLeftAlone() {
    assertThat(plan.steps(index(LOGS, 7, seen(7, Duration.ofHours(23), -1)), NOW)).isEmpty();
    assertThat(plan.steps(index(LOGS, 7, seen(7, Duration.ofHours(24), -1)), NOW))
        .containsExactly(new LifecycleStep.Compress(LOGS, 7));
    assertThat(plan.steps(index(LOGS, 7, seen(7, Duration.ofHours(99), 7)), NOW)).isEmpty();
  }

  @Test
  void whatWasWrittenToAfterItsCompressionIsMergedOnceMore() {
    IndexState index =
        new IndexState(LOGS, false, true, 9, 1_000, 1, seen(9, Duration.ofDays(2), 7));
    assertThat(plan.steps(index, NOW)).containsExactly(new LifecycleStep.Merge(LOGS, 9));
  }

  @Test
  void whatIsOldGoesAfterItsOwnTimeAndIsCopiedFirstWhenAsked() {
    // Given
    IndexState logs = index(LOGS, 7, seen(7, Duration.ofDays(30), 7));
    IndexState alerts = index("tocsin-alerts-2026.10.01", 7, seen(7, Duration.ofDays(30), 7));
    LifecyclePlan longer =
        plan("{ keep: { tocsin-alerts: 365d }, snapshots: { repository: backup } }");
    // When, then
    assertThat(plan.steps(logs, NOW))
        .containsExactly(new LifecycleStep.Delete(LOGS, 7, NOW.minus(Duration.ofDays(30))));
    assertThat(longer.steps(logs, NOW))
        .containsExactly(
            new LifecycleStep.Snapshot(LOGS, "backup", LOGS + "-7"),
            new LifecycleStep.Delete(LOGS, 7, NOW.minus(Duration.ofDays(30))));
    assertThat(longer.steps(alerts, NOW)).isEmpty();
  }

  @Test
  void whatSomebodyClosedIsLeftAloneAndWhatWeClosedIsFinished() {
    // Given
    Notes ours = new Notes(7, NOW.minus(Duration.ofDays(40)), -1, true);
    Notes others = seen(7, Duration.ofDays(40), -1);
    // When, then
    assertThat(plan.steps(new IndexState(LOGS, true, false, -1, 0, 1, others), NOW)).isEmpty();
    assertThat(plan.steps(new IndexState(LOGS, true, false, -1, 0, 1, ours), NOW))
        .containsExactly(new LifecycleStep.Compress(LOGS, 7));
  }

  @Test
  void anIndexThatDoesNotTellItsWritesIsLeftAlone() {
    assertThat(plan.steps(index(LOGS, -1, seen(7, Duration.ofDays(40), 7)), NOW)).isEmpty();
  }

  @Test
  void theLargestOfTheLastDaysSaysHowManyShardsTheNextGet() {
    // Given
    LifecyclePlan small = plan("{ shard-size: 1MiB }");
    List<IndexState> indices =
        List.of(
            new IndexState("tocsin-logs-2026.11.01", false, false, 1, 9L << 20, 1, Notes.NONE),
            new IndexState("tocsin-logs-2026.11.14", false, false, 1, 1, 1, Notes.NONE),
            new IndexState("tocsin-logs-2026.11.15", false, false, 1, 1, 1, Notes.NONE),
            new IndexState("tocsin-logs-2026.11.16", false, false, 1, 1, 1, Notes.NONE),
            new IndexState("tocsin-logs-2026.11.17", false, false, 1, 5 << 19, 1, Notes.NONE),
            new IndexState("tocsin-logs-2026.11.18", false, false, 1, 1, 1, Notes.NONE),
            new IndexState("tocsin-logs-2026.11.19", false, false, 1, 1, 1, Notes.NONE),
            new IndexState("tocsin-logs-2026.11.20", false, false, 1, 1, 1, Notes.NONE));
    // When, then
    assertThat(small.shards(indices, Map.of("tocsin-logs", 1, "tocsin-alerts", 1)))
        .containsExactly(new LifecycleStep.Shards("tocsin-logs", 1, 3));
    assertThat(small.shards(indices, Map.of("tocsin-logs", 3))).isEmpty();
  }
}
