package io.tocsin.notifier.pagerduty;

import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.notifier.http.ContractServer.Call;
import io.tocsin.notifier.http.ContractServer.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * PagerDuty's Events API v2, as documented: the event's schema, its limits, its answers, and
 * incidents that are found by their key.
 *
 * @see <a href="https://developer.pagerduty.com/docs/send-alert-event">events and answers</a>
 */
public final class PagerDutyContract {

  private static final Set<String> KEYS =
      Set.of(
          "routing_key",
          "event_action",
          "dedup_key",
          "payload",
          "client",
          "client_url",
          "links",
          "images");
  private static final Set<String> PAYLOAD =
      Set.of(
          "summary",
          "source",
          "severity",
          "timestamp",
          "component",
          "group",
          "class",
          "custom_details");
  private static final Set<String> SEVERITIES = Set.of("critical", "warning", "error", "info");
  private static final int LARGEST = 512 << 10;

  /** How often each incident was opened and closed, by its key. */
  private final Map<String, String> incidents = new LinkedHashMap<>();

  private final String routingKey;

  public PagerDutyContract(String routingKey) {
    this.routingKey = routingKey;
  }

  /** What became of each incident: {@code opened}, or {@code opened resolved}, by its key. */
  public synchronized Map<String, String> incidents() {
    return new LinkedHashMap<>(incidents);
  }

  public synchronized Reply answer(Call call) {
    byte[] body = call.body().getBytes(StandardCharsets.UTF_8);
    if (body.length > LARGEST) {
      return Reply.of(413, "");
    }
    try {
      Map<String, Object> event = EventCodec.decodeObject(body);
      String wrong = wrong(call, event);
      return wrong.isEmpty() ? process(event) : invalid(wrong);
    } catch (MalformedEventException | ClassCastException | NullPointerException e) {
      return invalid("Unable to parse the JSON");
    }
  }

  private static Reply invalid(String error) {
    return Reply.of(
        400,
        "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\",\"errors\":[\""
            + error
            + "\"]}");
  }

  private Reply process(Map<String, Object> event) {
    String key = (String) event.get("dedup_key");
    String before = incidents.getOrDefault(key, "");
    boolean open = before.endsWith("opened") || before.endsWith("acknowledged");
    switch ((String) event.get("event_action")) {
      case "trigger" -> incidents.put(key, open ? before : (before + " opened").strip());
      case "acknowledge" ->
          incidents.computeIfPresent(key, (k, v) -> v.endsWith("opened") ? v + " acknowledged" : v);
      case "resolve" -> incidents.computeIfPresent(key, (k, v) -> open ? v + " resolved" : v);
      default -> throw new AssertionError(event);
    }
    return Reply.of(
        202,
        "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"" + key + "\"}");
  }

  private String wrong(Call call, Map<String, Object> event) {
    if (!call.header("Content-Type").startsWith("application/json")
        || !KEYS.containsAll(event.keySet())) {
      return "Unknown field";
    }
    if (!routingKey.equals(event.get("routing_key"))) {
      return "'routing_key' is invalid";
    }
    String key = (String) event.get("dedup_key");
    if (key.isEmpty() || key.length() > 255) {
      return "'dedup_key' is invalid (must be at most 255 characters)";
    }
    if (!event.get("event_action").equals("trigger")) {
      return "";
    }
    for (Object link : (List<?>) event.getOrDefault("links", List.of())) {
      if (!((String) ((Map<?, ?>) link).get("href")).matches("https?://\\S+")) {
        return "'links' is invalid";
      }
    }
    return wrong((Map<?, ?>) event.get("payload"));
  }

  private static String wrong(Map<?, ?> payload) {
    if (!PAYLOAD.containsAll(payload.keySet())) {
      return "Unknown field in 'payload'";
    }
    String summary = (String) payload.get("summary");
    if (summary.isBlank() || summary.length() > 1_024) {
      return "'payload.summary' is invalid (must be 1 to 1024 characters)";
    }
    if (((String) payload.get("source")).isBlank()) {
      return "'payload.source' is missing or blank";
    }
    if (!SEVERITIES.contains(payload.get("severity"))) {
      return "'payload.severity' is invalid (must be one of the following: 'critical', ...)";
    }
    Instant.parse((String) payload.get("timestamp"));
    return "";
  }
}
