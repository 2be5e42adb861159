package io.tocsin.notifier.telegram;

import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.notifier.message.AlertText;
import io.tocsin.notifier.message.Escapes;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.message.SummaryText;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.pipeline.Summary;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notification as a message in Telegram's HTML. Its limit of 4,096 characters counts what is left
 * after the markup; parts are cut before they are escaped, so no entity is cut in half.
 *
 * @see <a href="https://core.telegram.org/bots/api#sendmessage">sendMessage</a>
 */
final class TelegramMessage {

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_SUMMARY = 1_500;
  private static final int LONGEST_LINE = 500;
  private static final int LONGEST_STORM = 3_000;

  private TelegramMessage() {}

  static byte[] render(String chat, Notification notification, Links links) {
    boolean quiet = notification.kind() != Kind.FIRING && notification.kind() != Kind.REPEATED;
    Map<String, @Nullable Object> message = message(chat, text(notification, links), quiet);
    String firing = notification.reference();
    if (firing != null && firing.matches("\\d{1,18}")) {
      message.put(
          "reply_parameters",
          Map.of("message_id", Long.parseLong(firing), "allow_sending_without_reply", true));
    }
    return EventCodec.encodeObject(message);
  }

  /** A storm in one message. */
  static byte[] render(String chat, Summary summary, Links links) {
    StringBuilder text = new StringBuilder("\ud83c\udf00 <b>");
    text.append(html(SummaryText.headline(summary), LONGEST_LINE)).append("</b>\n");
    line(text, html(SummaryText.top(summary), LONGEST_STORM));
    if (links.console() != null) {
      line(text, "<a href=\"" + Escapes.html(links.console().toString()) + "\">Console</a>");
    }
    boolean quiet = summary.count(Kind.FIRING) + summary.count(Kind.REPEATED) == 0;
    return EventCodec.encodeObject(message(chat, text.toString().stripTrailing(), quiet));
  }

  /** What is over can wait for a look: the phone then stays silent. */
  private static Map<String, @Nullable Object> message(String chat, String text, boolean quiet) {
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("chat_id", chat);
    message.put("text", text);
    message.put("parse_mode", "HTML");
    message.put("link_preview_options", Map.of("is_disabled", true));
    message.put("disable_notification", quiet);
    return message;
  }

  private static String text(Notification notification, Links links) {
    Alert alert = notification.alert();
    StringBuilder text = new StringBuilder();
    text.append(sign(notification)).append(" <b>").append(html(alert.rule(), LONGEST_NAME));
    text.append("</b> ").append(AlertText.status(notification)).append('\n');
    line(text, html(AlertText.care(notification), LONGEST_LINE));
    line(text, html(alert.summary(), LONGEST_SUMMARY));
    line(text, html(AlertText.group(alert), LONGEST_LINE));
    String measure = AlertText.measure(alert);
    line(text, html(AlertText.severity(alert) + (measure.isEmpty() ? "" : ", " + measure), 300));
    line(text, AlertText.span(alert));
    String runbook = AlertText.runbook(alert);
    if (runbook != null) {
      line(text, "Runbook: " + html(runbook, LONGEST_LINE));
    }
    String console = links.alert(alert);
    if (console != null) {
      line(text, "<a href=\"" + Escapes.html(console) + "\">Console</a>");
    }
    return text.toString().stripTrailing();
  }

  private static String sign(Notification notification) {
    return switch (notification.kind()) {
      case FIRING, REPEATED ->
          switch (notification.alert().severity()) {
            case HIGH -> "\ud83d\udd34";
            case MEDIUM -> "\ud83d\udfe0";
            case LOW -> "\ud83d\udfe1";
          };
      case ACKNOWLEDGED -> "\ud83d\udd35";
      case RESOLVED -> "\ud83d\udfe2";
      case BRIEF -> "\u26aa";
    };
  }

  private static String html(String text, int limit) {
    return Escapes.html(AlertText.clip(text, limit));
  }

  private static void line(StringBuilder text, String line) {
    if (!line.isBlank()) {
      text.append(line).append('\n');
    }
  }
}
