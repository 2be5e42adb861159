package io.tocsin.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.indexer.cluster.Cluster;
import io.tocsin.indexer.lifecycle.IndexSettings;
import io.tocsin.indexer.lifecycle.IndexSetup;
import io.tocsin.indexer.lifecycle.Lifecycle;
import io.tocsin.indexer.lifecycle.LifecycleConfig;
import io.tocsin.indexer.lifecycle.LifecycleStep;
import io.tocsin.indexer.lifecycle.Reindexing;
import io.tocsin.indexer.lifecycle.SetupFailedException;
import io.tocsin.indexer.lifecycle.SetupStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of indices, on a real node. */
class LifecycleTest {

  private static final String DAY = "tocsin-logs-2026.10.01";

  private final Platform platform = Platform.fresh();
  private final Cluster cluster =
      new Cluster(platform.openSearchSettings(), Duration.ofSeconds(60));
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");

  @BeforeEach
  void setUp() throws Exception {
    setup(1).apply();
  }

  @AfterEach
  void disconnect() {
    cluster.close();
  }

  private IndexSetup setup(int shards) {
    return new IndexSetup(cluster, new IndexSettings(shards, 0));
  }

  private Lifecycle lifecycle(String yaml) {
    LifecycleConfig config = ConfigReader.read("test", yaml, LifecycleConfig.class);
    return new Lifecycle(cluster, config, 1, () -> now);
  }

  private List<String> run(String yaml) throws Exception {
    return lifecycle(yaml).apply(new Silent()).stream().map(LifecycleStep::text).toList();
  }

  private void write(String index, int from, int to) {
    StringBuilder bulk = new StringBuilder();
    for (int i = from; i < to; i++) {
      bulk.append("{\"index\":{\"_id\":\"%d\"}}\n{\"ts\":\"2026-10-01T00:00:00Z\"}\n".formatted(i));
    }
    platform.send("POST", "/" + index + "/_bulk?refresh=true", bulk.toString());
  }

  private String setting(String index, String name) {
    return platform
        .send("GET", "/" + index + "/_settings?flat_settings=true", "")
        .path(index)
        .path("settings")
        .path(name)
        .asText();
  }

  @Test
  void anIndexIsCompressedAfterADayAndDeletedAfterItsTimeAndNothingIsDoneTwice() throws Exception {
    // Given
    write(DAY, 0, 10);
    write(DAY, 10, 20);
    assertThat(run("{}")).containsExactly("note the last write of " + DAY);
    assertThat(run("{}")).isEmpty();
    // When
    now = now.plus(Duration.ofDays(1));
    List<String> afterADay = run("{}");
    // Then
    assertThat(afterADay).containsExactly("compress and merge " + DAY);
    assertThat(setting(DAY, "index.codec")).isEqualTo("best_compression");
    assertThat(platform.count(DAY)).isEqualTo(20);
    assertThat(
            platform
                .send("GET", "/" + DAY + "/_stats/segments", "")
                .at("/_all/primaries/segments/count")
                .asInt())
        .isEqualTo(1);
    assertThat(run("{}")).isEmpty();
    // When
    now = now.plus(Duration.ofDays(29));
    List<String> afterAMonth = run("{}");
    // Then
    assertThat(afterAMonth).singleElement().asString().startsWith("delete " + DAY);
    assertThat(platform.send("GET", "/_cat/indices/tocsin-*?format=json", "")).isEmpty();
  }

  @Test
  void aLateWriteKeepsAnIndexForItsWholeTimeAgain() throws Exception {
    // Given
    write(DAY, 0, 1);
    run("{}");
    now = now.plus(Duration.ofDays(40));
    // When
    write(DAY, 1, 2);
    // Then
    assertThat(run("{}")).containsExactly("note the last write of " + DAY);
    assertThat(platform.count(DAY)).isEqualTo(2);
  }

  @Test
  void whatGoesGoesFirstSoThatAFullDiskCannotKeepIt() throws Exception {
    // Given
    write(DAY, 0, 1);
    run("{}");
    now = now.plus(Duration.ofDays(30));
    // When: a younger index comes first by its name
    write("tocsin-alerts-2026.11.20", 0, 1);
    List<LifecycleStep> steps = lifecycle("{}").plan();
    // Then
    assertThat(steps).hasSize(2).first().isInstanceOf(LifecycleStep.Delete.class);
  }

  @Test
  void anIndexLeftClosedByARunThatDiedIsOpenedAgain() throws Exception {
    // Given
    write(DAY, 0, 3);
    run("{}");
    platform.send(
        "PUT",
        "/" + DAY + "/_mapping",
        """
        {"_meta":{"tocsin":{"writes":3,"since":"2026-11-21T12:00:00Z","merged":-1,"closing":true}}}""");
    platform.send("POST", "/" + DAY + "/_close", "");
    // When
    List<String> steps = run("{}");
    // Then
    assertThat(steps).containsExactly("compress and merge " + DAY);
    assertThat(platform.count(DAY)).isEqualTo(3);
  }

  @Test
  void whatIsDeletedIsCopiedFirstWhenThatIsAsked() throws Exception {
    // Given
    String yaml =
        "{ snapshots: { repository: backup, type: fs, settings: { location: %s } } }"
            .formatted(platform.snapshots());
    write(DAY, 0, 5);
    run(yaml);
    now = now.plus(Duration.ofDays(30));
    // When
    List<String> steps = run(yaml);
    // Then
    assertThat(steps).hasSize(2).first().asString().contains("to backup/" + DAY + "-5");
    platform.send("POST", "/_snapshot/backup/" + DAY + "-5/_restore?wait_for_completion=true", "");
    assertThat(platform.count(DAY)).isEqualTo(5);
  }

  @Test
  void nothingIsDeletedThatCouldNotBeCopied() throws Exception {
    // Given
    write(DAY, 0, 5);
    run("{}");
    now = now.plus(Duration.ofDays(30));
    // When, then
    assertThatThrownBy(() -> run("{ snapshots: { repository: not-there } }"))
        .isInstanceOf(SetupFailedException.class);
    assertThat(platform.count(DAY)).isEqualTo(5);
  }

  @Test
  void aLargeDayGivesTheNextOnesMoreShardsAndARestartKeepsThem() throws Exception {
    // Given
    StringBuilder large = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      String noise =
          new java.util.Random(i)
              .ints(3_000, 'a', 'z')
              .mapToObj(Character::toString)
              .collect(java.util.stream.Collectors.joining());
      large.append("{\"index\":{}}\n{\"ts\":\"2026-10-01T00:00:00Z\",\"x\":\"" + noise + "\"}\n");
    }
    platform.send("POST", "/" + DAY + "/_bulk?refresh=true", large.toString());
    platform.send("POST", "/" + DAY + "/_flush", "");
    // When
    List<String> steps = run("{ shard-size: 1MiB }");
    // Then
    assertThat(steps).anyMatch(step -> step.matches("give new tocsin-logs indices [23] shards.*"));
    assertThat(setup(1).apply()).allMatch(step -> step instanceof SetupStep.Keep);
    write("tocsin-logs-2026.10.02", 0, 1);
    assertThat(setting("tocsin-logs-2026.10.02", "index.number_of_shards")).matches("[23]");
  }

  @Test
  void anIndexIsMadeAnewWithTodaysTemplatesAndLosesNothing() throws Exception {
    // Given
    write(DAY, 0, 50);
    setup(2).apply();
    List<String> progress = new ArrayList<>();
    Reindexing reindexing = new Reindexing(cluster, (what, done, total) -> progress.add(what));
    // When
    List<String> plan = reindexing.plan(DAY);
    long documents = reindexing.apply(DAY);
    // Then
    assertThat(plan).hasSize(3).first().asString().contains("50 documents");
    assertThat(documents).isEqualTo(50);
    assertThat(setting(DAY, "index.number_of_shards")).isEqualTo("2");
    assertThat(setting(DAY, "index.blocks.write")).isEmpty();
    assertThat(progress).isNotEmpty();
    assertThat(platform.send("GET", "/_cat/indices/reindex-*?format=json", "")).isEmpty();
    assertThat(reindexing.plan("tocsin-logs-2020.01.01")).isEmpty();
    assertThatThrownBy(() -> reindexing.plan("tocsin-health"))
        .isInstanceOf(SetupFailedException.class);
  }

  @Test
  void aReindexingThatWasStoppedIsContinuedAndWhatCameInSinceWins() throws Exception {
    // Given: the index is cloned and deleted, and the indexer has made it anew
    write("reindex-" + DAY, 0, 20);
    platform.send(
        "POST",
        "/" + DAY + "/_bulk?refresh=true",
        "{\"index\":{\"_id\":\"7\"}}\n{\"ts\":\"2026-10-01T00:00:00Z\",\"message\":\"new\"}\n");
    // When
    long documents = new Reindexing(cluster, (what, done, total) -> {}).apply(DAY);
    // Then
    assertThat(documents).isEqualTo(20);
    assertThat(platform.source(DAY, "7")).contains("new");
  }

  private static final class Silent implements Lifecycle.Listener {
    @Override
    public void begins(LifecycleStep step) {
      // nobody looks
    }

    @Override
    public void at(String what, long done, long total) {
      // nobody looks
    }
  }
}
