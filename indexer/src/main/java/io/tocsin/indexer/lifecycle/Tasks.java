package io.tocsin.indexer.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;

/** Waits for what the cluster does in the background. */
final class Tasks {

  private static final Duration LOOK = Duration.ofMillis(500);

  private final ClusterJson cluster;
  private final Progress progress;

  Tasks(ClusterJson cluster, Progress progress) {
    this.cluster = cluster;
    this.progress = progress;
  }

  /**
   * Starts a request that answers with a task, and waits for its end, however long it takes.
   *
   * @return the task's own answer
   * @throws SetupFailedException when the task fails or the cluster stays away
   */
  JsonNode run(String what, String path, Map<String, String> parameters, JsonNode body)
      throws SetupFailedException, InterruptedException {
    String task = cluster.post(path, parameters, body).path("task").asText();
    if (task.isEmpty()) {
      throw new SetupFailedException(what + ": the cluster made no task of it");
    }
    while (true) {
      JsonNode answer = cluster.get("/_tasks/" + task, Map.of());
      JsonNode status = answer.path("task").path("status");
      progress.at(
          what,
          status.path("created").asLong()
              + status.path("updated").asLong()
              + status.path("version_conflicts").asLong(),
          status.path("total").asLong());
      if (answer.isMissingNode()) {
        throw new SetupFailedException(what + ": the cluster forgot the task; run it again");
      }
      if (answer.path("completed").asBoolean()) {
        return ended(what, answer);
      }
      Thread.sleep(LOOK);
    }
  }

  private static JsonNode ended(String what, JsonNode answer) throws SetupFailedException {
    JsonNode response = answer.path("response");
    if (answer.has("error")
        || !response.path("failures").isEmpty()
        || response.path("_shards").path("failed").asInt() > 0) {
      throw new SetupFailedException(
          what + ": " + answer.path("error") + response.path("failures"));
    }
    return response;
  }
}
