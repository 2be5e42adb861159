package io.tocsin.indexer.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;

/** Copies of indices in a repository. */
final class SnapshotStore {

  private static final Duration LOOK = Duration.ofMillis(500);

  private final ClusterJson cluster;

  SnapshotStore(ClusterJson cluster) {
    this.cluster = cluster;
  }

  /** Registers the repository unless somebody else does; doing it again changes nothing. */
  void register(LifecycleConfig.Snapshots snapshots)
      throws SetupFailedException, InterruptedException {
    String type = snapshots.type();
    if (type == null) {
      return;
    }
    ObjectNode body = ClusterJson.object();
    body.put("type", type);
    ObjectNode settings = body.putObject("settings");
    snapshots.settings().forEach(settings::put);
    cluster.put("/_snapshot/" + snapshots.repository(), body);
  }

  /** Returns when the snapshot is whole; one that is there already is not made again. */
  void copy(LifecycleStep.Snapshot step) throws SetupFailedException, InterruptedException {
    String path = "/_snapshot/" + step.repository() + "/" + step.snapshot();
    String state = state(path);
    if (!state.equals("SUCCESS") && !state.equals("IN_PROGRESS")) {
      if (!state.isEmpty()) {
        cluster.delete(path); // failed or partial: of no use
      }
      ObjectNode body = ClusterJson.object();
      body.put("indices", step.index());
      body.put("include_global_state", false);
      cluster.put(path, body);
    }
    while (true) {
      state = state(path);
      if (state.equals("SUCCESS")) {
        return;
      }
      if (!state.equals("IN_PROGRESS")) {
        throw new SetupFailedException(
            step.text() + ": the snapshot is " + (state.isEmpty() ? "missing" : state));
      }
      Thread.sleep(LOOK);
    }
  }

  /** Empty when there is none. */
  private String state(String path) throws SetupFailedException, InterruptedException {
    JsonNode answer = cluster.get(path, Map.of());
    return answer.path("snapshots").path(0).path("state").asText();
  }
}
