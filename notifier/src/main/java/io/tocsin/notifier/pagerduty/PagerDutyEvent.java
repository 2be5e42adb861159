package io.tocsin.notifier.pagerduty;

import io.tocsin.bootstrap.config.Secret;
import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Timestamps;
import io.tocsin.notifier.message.AlertText;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.pipeline.Notification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notification as events of PagerDuty's Events API v2, within its limits.
 *
 * @see <a href="https://developer.pagerduty.com/docs/send-alert-event">the event's fields</a>
 */
final class PagerDutyEvent {

  private static final int LONGEST_KEY = 255;
  private static final int LONGEST_SUMMARY = 1_024;

  /** An event may have 512 KB; nobody reads more than a page of details. */
  private static final int LONGEST_DETAIL = 2_000;

  private PagerDutyEvent() {}

  static byte[] trigger(
      Secret routingKey, Notification notification, Urgency urgency, Links links) {
    Alert alert = notification.alert();
    Map<String, @Nullable Object> event = event(routingKey, "trigger", alert);
    event.put("client", "Tocsin");
    String console = links.alert(alert);
    if (console != null) {
      event.put("client_url", console);
    }
    event.put("links", links(alert));
    event.put("payload", payload(notification, urgency));
    return EventCodec.encodeObject(event);
  }

  /** PagerDuty asks nobody any more; by whom it does not take. */
  static byte[] acknowledge(Secret routingKey, Alert alert) {
    return EventCodec.encodeObject(event(routingKey, "acknowledge", alert));
  }

  static byte[] resolve(Secret routingKey, Alert alert) {
    return EventCodec.encodeObject(event(routingKey, "resolve", alert));
  }

  private static Map<String, @Nullable Object> event(Secret key, String action, Alert alert) {
    Map<String, @Nullable Object> event = new LinkedHashMap<>();
    event.put("routing_key", key.reveal());
    event.put("event_action", action);
    event.put("dedup_key", dedupKey(alert));
    return event;
  }

  /** The episode: what repeats it or ends it finds the incident by it. */
  static String dedupKey(Alert alert) {
    String episode = alert.episode();
    if (episode.length() <= LONGEST_KEY) {
      return episode;
    }
    // Only somebody else's episodes are so long; cut off they could meet each other.
    return Alert.fingerprintOf(episode, Map.of());
  }

  private static Map<String, @Nullable Object> payload(Notification notification, Urgency urgency) {
    Alert alert = notification.alert();
    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    payload.put("summary", AlertText.clip(alert.rule() + ": " + alert.summary(), LONGEST_SUMMARY));
    payload.put("source", source(alert));
    payload.put("severity", urgency.of(alert.severity()).name().toLowerCase(Locale.ROOT));
    payload.put("timestamp", Timestamps.format(alert.startsAt()));
    payload.put("class", AlertText.clip(alert.rule(), LONGEST_DETAIL));
    payload.put("custom_details", details(notification));
    return payload;
  }

  /** PagerDuty refuses an event without one. */
  private static String source(Alert alert) {
    for (String field : List.of("host", "device", "service")) {
      Object value = alert.group().get(field);
      if (value != null && !value.toString().isBlank()) {
        return AlertText.clip(value.toString(), LONGEST_SUMMARY);
      }
    }
    return "tocsin";
  }

  private static Map<String, @Nullable Object> details(Notification notification) {
    Alert alert = notification.alert();
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("status", AlertText.status(notification));
    details.put("measure", AlertText.measure(alert));
    alert.group().forEach((field, value) -> details.put(field, clip(String.valueOf(value))));
    alert.labels().forEach((label, value) -> details.put(label, clip(value)));
    alert.annotations().forEach((name, value) -> details.put(name, clip(value)));
    details.put("evidence", alert.evidence());
    return details;
  }

  private static List<Map<String, String>> links(Alert alert) {
    List<Map<String, String>> links = new ArrayList<>();
    String runbook = AlertText.runbook(alert);
    if (runbook != null && Links.isAddress(runbook) && runbook.length() <= LONGEST_DETAIL) {
      links.add(Map.of("href", runbook, "text", "Runbook"));
    }
    return links;
  }

  private static String clip(String text) {
    return AlertText.clip(text, LONGEST_DETAIL);
  }
}
