package io.tocsin.faults.notifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.faults.notifier.FickleServer.Answer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** PagerDuty's account of incidents by their key: a repetition changes nothing. Thread-safe. */
final class Incidents implements FickleServer.Taker {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> history = new HashMap<>();

  @Override
  public synchronized Answer take(String path, String body) throws IOException {
    JsonNode event = JSON.readTree(body);
    String key = event.path("dedup_key").asText();
    String before = history.getOrDefault(key, "");
    boolean open = before.endsWith("opened ");
    switch (event.path("event_action").asText()) {
      case "trigger" -> history.put(key, open ? before : before + "opened ");
      case "resolve" -> history.computeIfPresent(key, (k, v) -> open ? v + "resolved " : v);
      default -> throw new IOException("no event: " + body);
    }
    return new Answer(202, "{\"status\":\"success\"}");
  }

  /** How many incidents have exactly this history, such as {@code opened resolved}. */
  synchronized int count(String wanted) {
    return (int) history.values().stream().filter(each -> each.strip().equals(wanted)).count();
  }

  /** A few incidents of another history, for people. */
  synchronized List<String> otherThan(String wanted) {
    return history.entrySet().stream()
        .filter(each -> !each.getValue().strip().equals(wanted))
        .limit(5)
        .map(Object::toString)
        .toList();
  }

  /** How many incidents there are. */
  synchronized int count() {
    return history.size();
  }
}
