package io.tocsin.indexer.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.indexer.cluster.Call;
import io.tocsin.indexer.cluster.Cluster;
import io.tocsin.indexer.cluster.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The cluster as something that takes and answers JSON. Thread-safe. */
final class ClusterJson {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final int LONGEST_MESSAGE = 500;

  private final Cluster cluster;

  ClusterJson(Cluster cluster) {
    this.cluster = cluster;
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static JsonNode tree(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException("our own JSON", e);
    }
  }

  /** The answer; a missing node when there is no such thing. */
  JsonNode get(String path, Map<String, String> parameters)
      throws SetupFailedException, InterruptedException {
    return answer(Call.get(path, parameters));
  }

  JsonNode put(String path, JsonNode body) throws SetupFailedException, InterruptedException {
    return answer(Call.put(path, bytes(body)));
  }

  JsonNode post(String path, Map<String, String> parameters, JsonNode body)
      throws SetupFailedException, InterruptedException {
    return answer(Call.post(path, parameters, bytes(body)));
  }

  JsonNode delete(String path) throws SetupFailedException, InterruptedException {
    return answer(Call.delete(path));
  }

  private static byte[] bytes(JsonNode body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private JsonNode answer(Call call) throws SetupFailedException, InterruptedException {
    String what = call.method() + " " + call.path() + ": ";
    return switch (cluster.send(call)) {
      case Reply.Answered(int status, byte[] body) when status == 404 -> MissingNode.getInstance();
      case Reply.Answered(int status, byte[] body) when status / 100 == 2 -> parsed(what, body);
      case Reply.Answered(int status, byte[] body) ->
          throw new SetupFailedException(what + "HTTP " + status + " " + text(body));
      case Reply.Unanswered(String reason, String detail) ->
          throw new SetupFailedException(what + reason + " (" + detail + ")");
    };
  }

  private static JsonNode parsed(String what, byte[] body) throws SetupFailedException {
    try {
      return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (IOException e) {
      throw new SetupFailedException(what + "the answer is not OpenSearch's: " + e.getMessage());
    }
  }

  private static String text(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
  }
}
