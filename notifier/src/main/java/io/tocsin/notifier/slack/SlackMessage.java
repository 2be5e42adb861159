package io.tocsin.notifier.slack;

import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.notifier.message.AlertText;
import io.tocsin.notifier.message.Links;
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
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Block Kit</a>
 * @see <a href="https://docs.slack.dev/messaging/formatting-message-text">formatting and
 *     escaping</a>
 */
final class SlackMessage {

  /** Slack cuts texts above 40,000; what people read in a notification is the first line. */
  static final int LONGEST_TEXT = 1_000;

  static final int LONGEST_SECTION = 3_000;
  private static final int LONGEST_LINK = 2_000;

  private SlackMessage() {}

  static byte[] render(Notification notification, Links links) {
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
  static byte[] render(Summary summary, Links links) {
    List<Map<String, ?>> blocks = new ArrayList<>();
    String headline = SummaryText.headline(summary);
    blocks.add(section("mrkdwn", ":cyclone: *" + SlackText.escape(headline, 200) + "*"));
    blocks.add(section("plain_text", AlertText.clip(SummaryText.top(summary), LONGEST_SECTION)));
    if (links.console() != null) {
      blocks.add(context(SlackText.link(links.console().toString(), "console")));
    }
    return message(headline, blocks);
  }

  private static byte[] message(String text, List<Map<String, ?>> blocks) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("text", SlackText.escape(text, LONGEST_TEXT));
    message.put("blocks", blocks);
    message.put("unfurl_links", false);
    return EventCodec.encodeObject(message);
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
    return AlertText.severity(alert) + (measure.isEmpty() ? "" : ", " + measure);
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
    @Nullable String console = links.alert(alert);
    if (console != null) {
      parts.add(SlackText.link(console, "console"));
    }
    return String.join("  ", parts);
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
