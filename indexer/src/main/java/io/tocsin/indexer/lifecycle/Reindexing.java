package io.tocsin.indexer.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.indexer.cluster.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes a daily index anew under the same name, with the templates of today, while events go on
 * coming in.
 *
 * <p>Three steps, each of which may be interrupted and repeated: the index is blocked for writing
 * and cloned (hard links, seconds); it is deleted, so that the next document makes it anew; what
 * the clone holds is copied back, and what came in since wins. Until the copy is done, searches
 * find less of that day, never a document twice: the clone's name is none that is searched.
 */
public final class Reindexing {

  private static final String CLONE = "reindex-";

  private final ClusterJson cluster;
  private final Tasks tasks;

  /** Of one cluster; {@code progress} is told how many documents are copied. */
  public Reindexing(Cluster cluster, Progress progress) {
    this.cluster = new ClusterJson(cluster);
    this.tasks = new Tasks(this.cluster, progress);
  }

  /**
   * What {@link #apply} would do, for people. Empty when there is no such index.
   *
   * @throws SetupFailedException when it is no daily index, or the cluster does not tell
   */
  public List<String> plan(String index) throws SetupFailedException, InterruptedException {
    requireDaily(index);
    List<String> steps = new ArrayList<>();
    long there = count(index);
    long cloned = count(CLONE + index);
    if (there < 0 && cloned < 0) {
      return steps;
    }
    if (cloned < 0 || isBlocked(index)) {
      steps.add("clone " + index + " with its " + there + " documents, and delete it");
      cloned = there;
    }
    steps.add("copy " + cloned + " documents from the clone to a new " + index);
    steps.add("delete the clone");
    return steps;
  }

  /**
   * Does it, or what is left of it.
   *
   * @return how many documents the index has then
   * @throws SetupFailedException when the cluster refuses or is away; running it again goes on
   */
  public long apply(String index) throws SetupFailedException, InterruptedException {
    requireDaily(index);
    String clone = CLONE + index;
    if (count(clone) < 0 || isBlocked(index)) {
      moveAside(index, clone);
    }
    ObjectNode body = ClusterJson.object();
    body.put("conflicts", "proceed");
    body.putObject("source").put("index", clone);
    body.putObject("dest").put("index", index).put("op_type", "create");
    tasks.run("copy " + index, "/_reindex", Map.of("wait_for_completion", "false"), body);
    long copied = count(index);
    if (copied < count(clone)) {
      throw new SetupFailedException(
          index + " has " + copied + " documents, fewer than its clone, which is kept as " + clone);
    }
    cluster.delete("/" + clone);
    return copied;
  }

  private void moveAside(String index, String clone)
      throws SetupFailedException, InterruptedException {
    long there = count(index);
    if (there < 0) {
      throw new SetupFailedException("there is no index " + index);
    }
    ObjectNode block = ClusterJson.object();
    block.put("index.blocks.write", true);
    cluster.put("/" + index + "/_settings", block);
    if (count(clone) >= 0) {
      cluster.delete("/" + clone); // of an attempt that ended before the index was deleted
    }
    ObjectNode settings = ClusterJson.object();
    ObjectNode own = settings.putObject("settings");
    own.putNull("index.blocks.write");
    own.put("index.number_of_replicas", 0);
    own.putNull("index.auto_expand_replicas");
    cluster.post("/" + index + "/_clone/" + clone, Map.of("wait_for_active_shards", "1"), settings);
    there = count(index);
    if (count(clone) != there) {
      throw new SetupFailedException("the clone of " + index + " is not whole; nothing is deleted");
    }
    cluster.delete("/" + index);
  }

  private boolean isBlocked(String index) throws SetupFailedException, InterruptedException {
    JsonNode answer = cluster.get("/" + index + "/_settings", Map.of("flat_settings", "true"));
    return answer.path(index).path("settings").path("index.blocks.write").asBoolean();
  }

  /** -1 when there is no such index. */
  private long count(String index) throws SetupFailedException, InterruptedException {
    if (cluster.post("/" + index + "/_refresh", Map.of(), ClusterJson.object()).isMissingNode()) {
      return -1;
    }
    return cluster.get("/" + index + "/_count", Map.of()).path("count").asLong(-1);
  }

  private static void requireDaily(String index) throws SetupFailedException {
    if (Family.of(index).isEmpty()) {
      throw new SetupFailedException(
          index + " is no daily index, such as " + Family.NAMES.getFirst() + "-2026.11.21");
    }
  }
}
