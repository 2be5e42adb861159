package io.tocsin.indexer.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.indexer.lifecycle.IndexState.Notes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what daily indices there are and what was noted about them. */
final class IndexCatalog {

  private static final String BOTH = "open,closed";

  private final ClusterJson cluster;

  IndexCatalog(ClusterJson cluster) {
    this.cluster = cluster;
  }

  /** All daily indices, by name. */
  List<IndexState> all() throws SetupFailedException, InterruptedException {
    return read(Family.pattern());
  }

  /** One index; null when it is gone. */
  @Nullable IndexState one(String index) throws SetupFailedException, InterruptedException {
    List<IndexState> found = read(index);
    return found.isEmpty() ? null : found.getFirst();
  }

  private List<IndexState> read(String indices) throws SetupFailedException, InterruptedException {
    JsonNode settings =
        cluster.get(
            "/" + indices + "/_settings",
            Map.of(
                "flat_settings", "true", "expand_wildcards", BOTH, "ignore_unavailable", "true"));
    JsonNode mappings =
        cluster.get(
            "/" + indices + "/_mapping",
            Map.of(
                "filter_path", "*.mappings._meta",
                "expand_wildcards", BOTH,
                "ignore_unavailable", "true"));
    JsonNode stats =
        cluster.get(
            "/" + indices + "/_stats",
            Map.of(
                "level", "shards",
                "ignore_unavailable", "true",
                "filter_path",
                    "indices.*.primaries.store.size_in_bytes,indices.*.shards.*.routing.primary,"
                        + "indices.*.shards.*.seq_no.max_seq_no"));
    JsonNode closed =
        cluster.get(
            "/_cluster/state/metadata/" + indices,
            Map.of(
                "filter_path", "metadata.indices.*.state",
                "expand_wildcards", BOTH,
                "ignore_unavailable", "true"));
    List<IndexState> states = new ArrayList<>();
    settings
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (Family.of(name).isPresent()) {
                states.add(
                    state(
                        name,
                        settings.path(name).path("settings"),
                        stats.path("indices").path(name),
                        closed.path("metadata").path("indices").path(name).path("state").asText(),
                        mappings.path(name).path("mappings").path("_meta").path("tocsin")));
              }
            });
    states.sort(java.util.Comparator.comparing(IndexState::name));
    return states;
  }

  private static IndexState state(
      String name, JsonNode settings, JsonNode stats, String state, JsonNode meta) {
    int primaries = settings.path("index.number_of_shards").asInt(1);
    return new IndexState(
        name,
        state.equals("close"),
        settings.path("index.codec").asText().equals("best_compression"),
        writes(stats, primaries),
        stats.path("primaries").path("store").path("size_in_bytes").asLong(),
        primaries,
        notes(meta));
  }

  /** Unknown unless every primary tells: half a sum would look like another number of writes. */
  private static long writes(JsonNode stats, int primaries) {
    long sum = 0;
    int told = 0;
    for (JsonNode copies : stats.path("shards")) {
      for (JsonNode copy : copies) {
        if (copy.path("routing").path("primary").asBoolean() && copy.has("seq_no")) {
          told++;
          sum += copy.path("seq_no").path("max_seq_no").asLong() + 1;
        }
      }
    }
    return told == primaries ? sum : -1;
  }

  private static Notes notes(JsonNode meta) {
    if (!meta.isObject()) {
      return Notes.NONE;
    }
    try {
      return new Notes(
          meta.path("writes").asLong(-1),
          meta.hasNonNull("since") ? Instant.parse(meta.path("since").asText()) : null,
          meta.path("merged").asLong(-1),
          meta.path("closing").asBoolean());
    } catch (DateTimeException e) {
      return Notes.NONE; // somebody else's writing: as if it had never been looked at
    }
  }

  /** Writes notes down on an index. */
  void note(String index, Notes notes) throws SetupFailedException, InterruptedException {
    ObjectNode body = ClusterJson.object();
    ObjectNode own = body.putObject("_meta").putObject("tocsin");
    own.put("writes", notes.writes());
    Instant since = notes.since();
    if (since != null) {
      own.put("since", since.toString());
    }
    own.put("merged", notes.merged());
    if (notes.closing()) {
      own.put("closing", true);
    }
    cluster.put("/" + index + "/_mapping", body);
  }
}
