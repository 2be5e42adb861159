package io.tocsin.notifier.slack;

import io.tocsin.event.Alert;
import io.tocsin.notifier.message.AlertText;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.message.Meter;
import io.tocsin.notifier.message.SummaryText;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Summary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notification as Block Kit, within Slack's limits. What comes from log lines stands in plain
 * text or is escaped: nobody writes {@code <!channel>} into a log to wake a company.
 *
 * @param text what stands in a phone's notification, and where blocks cannot be shown
 * @param blocks at most 50; empty for a message of its text alone
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Block Kit</a>
 * @see <a href="https://docs.slack.dev/messaging/formatting-message-text">formatting and
 *     escaping</a>
 */
record SlackMessage(String text, List<Map<String, ?>> blocks) {

  /** Slack cuts texts above 40,000; what people read in a notification is the first line. */
  static final int LONGEST_TEXT = 1_000;

  static final int LONGEST_SECTION = 3_000;
  private static final int LONGEST_LINK = 2_000;

  static SlackMessage of(Notification notification, Links links) {
    Alert alert = notification.alert();
    List<Map<String, ?>> blocks = new ArrayList<>();
    blocks.add(section("mrkdwn", title(notification)));
    String care = AlertText.care(notification);
    if (!care.isEmpty()) {
      blocks.add(section("plain_text", AlertText.clip(care, LONGEST_SECTION)));
    }
    blocks.add(section("plain_text", AlertText.clip(orDash(alert.summary()), LONGEST_SECTION)));
    blocks.add(context(SlackText.escape(facts(alert), 1_500) + ", " + times(alert)));
    String whereTo = whereTo(alert, links);
    if (!whereTo.isEmpty()) {
      blocks.add(context(whereTo));
    }
    return message(AlertText.headline(notification), blocks);
  }

  /** A storm in one message. */
  static SlackMessage of(Summary summary, Links links) {
    List<Map<String, ?>> blocks = new ArrayList<>();
    String headline = SummaryText.headline(summary);
    blocks.add(section("mrkdwn", ":cyclone: *" + SlackText.escape(headline, 200) + "*"));
    blocks.add(section("plain_text", AlertText.clip(SummaryText.top(summary), LONGEST_SECTION)));
    if (links.console() != null) {
      blocks.add(context(SlackText.link(links.console().toString(), "console")));
    }
    return message(headline, blocks);
  }

  /** The same without its form, for a Slack that does not take that. */
  SlackMessage plain() {
    return new SlackMessage(text, List.of());
  }

  /** As the two parts of a payload, in an order that people can read. */
  Map<String, @Nullable Object> payload() {
    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    payload.put("text", text);
    payload.put("blocks", blocks);
    return payload;
  }

  private static SlackMessage message(String text, List<Map<String, ?>> blocks) {
    return new SlackMessage(SlackText.escape(text, LONGEST_TEXT), List.copyOf(blocks));
  }

  private static String title(Notification notification) {
    Alert alert = notification.alert();
    String group = AlertText.group(alert);
    return sign(notification)
        + " *"
        + SlackText.escape(alert.rule(), 200)
        + "* "
        + AlertText.status(notification)
        + (group.isEmpty() ? "" : "\n" + SlackText.escape(group, 2_000));
  }

  private static String sign(Notification notification) {
    return switch (notification.kind()) {
      case FIRING, REPEATED ->
          switch (notification.alert().severity()) {
            case HIGH -> ":red_circle:";
            case MEDIUM -> ":large_orange_circle:";
            case LOW -> ":large_yellow_circle:";
          };
      case ACKNOWLEDGED -> ":large_blue_circle:";
      case RESOLVED -> ":large_green_circle:";
      case BRIEF -> ":white_circle:";
    };
  }

  private static String facts(Alert alert) {
    String measure = AlertText.measure(alert);
    String meter = Meter.of(alert);
    return AlertText.severity(alert)
        + (measure.isEmpty() ? "" : ", " + measure)
        + (meter.isEmpty() ? "" : " " + meter);
  }

  /** Slack shows these in each reader's own time zone. */
  private static String times(Alert alert) {
    Instant endsAt = alert.endsAt();
    String began = "since " + SlackText.time(alert.startsAt());
    return endsAt == null
        ? began
        : began + " until " + SlackText.time(endsAt) + " (" + AlertText.span(alert) + ")";
  }

  private static String whereTo(Alert alert, Links links) {
    List<String> parts = new ArrayList<>();
    String runbook = AlertText.runbook(alert);
    if (runbook != null) {
      parts.add(
          Links.isAddress(runbook) && runbook.length() <= LONGEST_LINK / 2
              ? SlackText.link(runbook, "runbook")
              : "runbook: " + SlackText.escape(runbook, LONGEST_LINK / 2));
    }
    addLink(parts, links.alert(alert), "console");
    addLink(parts, links.search(alert), "search");
    return String.join("  ", parts);
  }

  /** A group's value may be as long as a log line; half an address leads nowhere. */
  private static void addLink(List<String> parts, @Nullable String address, String text) {
    if (address != null && address.length() <= LONGEST_LINK / 4) {
      parts.add(SlackText.link(address, text));
    }
  }

  private static Map<String, ?> section(String type, String text) {
    return Map.of("type", "section", "text", Map.of("type", type, "text", text));
  }

  private static Map<String, ?> context(String text) {
    return Map.of("type", "context", "elements", List.of(Map.of("type", "mrkdwn", "text", text)));
  }

  /** Slack refuses an empty text. */
  private static String orDash(String text) {
    return text.isBlank() ? "-" : text;
  }
}
