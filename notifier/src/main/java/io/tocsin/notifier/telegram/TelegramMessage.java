package io.tocsin.notifier.telegram;

import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.notifier.message.AlertText;
import io.tocsin.notifier.message.Escapes;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Notification.Kind;
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

  private TelegramMessage() {}

  static byte[] render(String chat, Notification notification, Links links) {
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("chat_id", chat);
    message.put("text", text(notification, links));
    message.put("parse_mode", "HTML");
    message.put("link_preview_options", Map.of("is_disabled", true));
    message.put("disable_notification", isQuiet(notification));
    String firing = notification.reference();
    if (firing != null && firing.matches("\\d{1,18}")) {
      message.put(
          "reply_parameters",
          Map.of("message_id", Long.parseLong(firing), "allow_sending_without_reply", true));
    }
    return EventCodec.encodeObject(message);
  }

  private static String text(Notification notification, Links links) {
    Alert alert = notification.alert();
    StringBuilder text = new StringBuilder();
    text.append(sign(notification)).append(" <b>").append(html(alert.rule(), LONGEST_NAME));
    text.append("</b> ").append(AlertText.status(notification)).append('\n');
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
      case FIRING ->
          switch (notification.alert().severity()) {
            case HIGH -> "\ud83d\udd34";
            case MEDIUM -> "\ud83d\udfe0";
            case LOW -> "\ud83d\udfe1";
          };
      case RESOLVED -> "\ud83d\udfe2";
      case BRIEF -> "\u26aa";
    };
  }

  /** Whether a phone should stay silent: what is over can wait for a look. */
  static boolean isQuiet(Notification notification) {
    return notification.kind() != Kind.FIRING;
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
