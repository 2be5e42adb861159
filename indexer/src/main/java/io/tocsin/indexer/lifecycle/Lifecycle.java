package io.tocsin.indexer.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.indexer.cluster.Cluster;
import io.tocsin.indexer.lifecycle.IndexState.Notes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sees to indices that rest: compresses, merges, copies and deletes them, and gives the next days
 * the shards that the last ones needed. Idempotent: it may be stopped at any point and run again,
 * by anybody; run twice, it finds nothing to do. What is no daily index of Tocsin is left alone.
 *
 * <p>Nothing in OpenSearch tells when an index was last written to. Its shards' sequence numbers
 * change with every write, so each look compares their sum with the one it noted before, on the
 * index itself. An index that is seen for the first time counts as written to now: what was
 * imported, or came late from the edge, is kept for the whole time.
 */
public final class Lifecycle {

  private final ClusterJson cluster;
  private final IndexCatalog catalog;
  private final ShardTemplates shards;
  private final SnapshotStore snapshots;
  private final LifecycleConfig config;
  private final LifecyclePlan plan;
  private final InstantSource clock;

  /**
   * For one cluster.
   *
   * @param fewestShards of each new index, whatever the measured rate
   */
  public Lifecycle(Cluster cluster, LifecycleConfig config, int fewestShards, InstantSource clock) {
    this.cluster = new ClusterJson(cluster);
    this.catalog = new IndexCatalog(this.cluster);
    this.shards = new ShardTemplates(this.cluster);
    this.snapshots = new SnapshotStore(this.cluster);
    this.config = config;
    this.plan = new LifecyclePlan(config, fewestShards);
    this.clock = clock;
  }

  /**
   * What {@link #apply} would do now. Changes nothing.
   *
   * @throws SetupFailedException when the cluster does not tell
   */
  public List<LifecycleStep> plan() throws SetupFailedException, InterruptedException {
    List<IndexState> indices = catalog.all();
    Instant now = clock.instant();
    // Deletions first: on a full disk they are what makes the other steps possible again.
    List<LifecycleStep> steps = new ArrayList<>();
    List<LifecycleStep> later = new ArrayList<>(plan.shards(indices, shards.present()));
    for (IndexState index : indices) {
      List<LifecycleStep> due = plan.steps(index, now);
      boolean goes = due.stream().anyMatch(step -> step instanceof LifecycleStep.Delete);
      (goes ? steps : later).addAll(due);
    }
    steps.addAll(later);
    return steps;
  }

  /** Told of each step before it is done, and of long ones while they are. */
  public interface Listener extends Progress {
    /** The step begins. */
    void begins(LifecycleStep step);
  }

  /**
   * Does it, one step after the other.
   *
   * @return the steps that were done
   * @throws SetupFailedException when the cluster refuses or is away; the steps before are done
   */
  public List<LifecycleStep> apply(Listener listener)
      throws SetupFailedException, InterruptedException {
    LifecycleConfig.Snapshots repository = config.snapshots();
    if (repository != null) {
      snapshots.register(repository);
    }
    List<LifecycleStep> done = new ArrayList<>();
    Tasks tasks = new Tasks(cluster, listener);
    for (LifecycleStep step : plan()) {
      listener.begins(step);
      switch (step) {
        case LifecycleStep.Note(String index, long writes, Instant at) ->
            catalog.note(index, new Notes(writes, at, merged(index), false));
        case LifecycleStep.Compress(String index, long writes) -> compress(tasks, index, writes);
        case LifecycleStep.Merge(String index, long writes) -> merge(tasks, index, writes);
        case LifecycleStep.Snapshot snapshot -> snapshots.copy(snapshot);
        case LifecycleStep.Delete(String index, long writes, Instant at) -> delete(index, writes);
        case LifecycleStep.Shards(String family, int from, int to) -> shards.put(family, to);
      }
      done.add(step);
    }
    return done;
  }

  private long merged(String index) throws SetupFailedException, InterruptedException {
    IndexState state = catalog.one(index);
    return state == null ? -1 : state.notes().merged();
  }

  /**
   * The codec can only be changed while the index is closed. That is noted first: if this process
   * dies here, the next look opens it again. The indexer waits with what it has for a closed index.
   */
  private void compress(Tasks tasks, String index, long writes)
      throws SetupFailedException, InterruptedException {
    IndexState state = catalog.one(index);
    if (state == null) {
      return;
    }
    Notes notes = state.notes();
    if (!state.closed()) {
      catalog.note(index, new Notes(notes.writes(), notes.since(), notes.merged(), true));
      cluster.post("/" + index + "/_close", Map.of(), ClusterJson.object());
    }
    ObjectNode codec = ClusterJson.object();
    codec.put("index.codec", "best_compression");
    try {
      cluster.put("/" + index + "/_settings", codec);
    } finally {
      cluster.post("/" + index + "/_open", Map.of(), ClusterJson.object());
    }
    merge(tasks, index, writes);
  }

  private void merge(Tasks tasks, String index, long writes)
      throws SetupFailedException, InterruptedException {
    tasks.run(
        "merge " + index,
        "/" + index + "/_forcemerge",
        Map.of("max_num_segments", "1", "wait_for_completion", "false"),
        ClusterJson.object());
    IndexState state = catalog.one(index);
    if (state != null) {
      catalog.note(index, new Notes(state.notes().writes(), state.notes().since(), writes, false));
    }
  }

  /** Unless somebody wrote to it since it was looked at. */
  private void delete(String index, long writes) throws SetupFailedException, InterruptedException {
    IndexState state = catalog.one(index);
    if (state != null && state.writes() == writes) {
      cluster.delete("/" + index);
    }
  }
}
