package io.tocsin.notifier.email;

import io.tocsin.event.Alert;
import io.tocsin.notifier.message.AlertText;
import io.tocsin.notifier.message.Escapes;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.message.SummaryText;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Summary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A notification as a mail's subject and its two bodies, which say the same.
 *
 * @param subject one line
 */
record EmailMessage(Identity identity, String subject, String text, String html) {

  /**
   * What tells this mail from others and a repetition from a new one.
   *
   * @param id the left part of the message id
   * @param answers the id of the mail that it belongs to; null for none
   */
  record Identity(String id, @Nullable String answers) {

    static Identity of(Notification notification) {
      String episode = Alert.fingerprintOf(notification.alert().episode(), Map.of());
      return switch (notification.kind()) {
        case FIRING, BRIEF -> new Identity(episode + "." + notification.occasion(), null);
        case ACKNOWLEDGED, REPEATED, RESOLVED ->
            new Identity(episode + "." + notification.occasion(), episode + ".firing");
      };
    }

    static Identity of(Summary summary) {
      String all =
          summary.notifications().stream()
              .map(each -> of(each).id())
              .collect(Collectors.joining(" "));
      return new Identity(Alert.fingerprintOf(all, Map.of()) + ".storm", null);
    }
  }

  private static final int LONGEST_SUBJECT = 200;
  private static final int LONGEST_FACT = 4_000;
  private static final String START =
      "<!doctype html><html><body style=\"font-family:sans-serif;font-size:15px\">";

  static EmailMessage of(Notification notification, Links links) {
    Map<String, String> facts = facts(notification, links);
    String headline = oneLine(AlertText.headline(notification));
    return new EmailMessage(
        Identity.of(notification),
        AlertText.clip(headline, LONGEST_SUBJECT),
        text(notification, facts),
        html(notification, facts));
  }

  /** A storm in one mail. */
  static EmailMessage of(Summary summary, Links links) {
    String headline = SummaryText.headline(summary);
    String top = AlertText.clip(SummaryText.top(summary), LONGEST_FACT);
    String console = links.console() == null ? "" : links.console().toString();
    return new EmailMessage(
        Identity.of(summary),
        headline,
        headline + "\n\n" + top + "\n\n" + console,
        START
            + "<h1 style=\"font-size:18px\">"
            + html(headline)
            + "</h1><p style=\"white-space:pre-wrap\">"
            + html(top)
            + "</p><p>"
            + linked(console)
            + "</p></body></html>");
  }

  /** Line ends in a subject would be further headers. */
  static String oneLine(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+", " ").strip();
  }

  private static Map<String, String> facts(Notification notification, Links links) {
    Alert alert = notification.alert();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Acknowledged", AlertText.care(notification));
    facts.put("Rule", alert.rule());
    facts.put("Severity", AlertText.severity(alert));
    facts.put("About", AlertText.group(alert));
    facts.put("Measured", AlertText.measure(alert));
    facts.put("When", AlertText.span(alert));
    String runbook = AlertText.runbook(alert);
    facts.put("Runbook", runbook == null ? "" : runbook);
    String console = links.alert(alert);
    facts.put("Console", console == null ? "" : console);
    facts.put("Evidence", String.join("\n", alert.evidence()));
    facts.values().removeIf(String::isBlank);
    facts.replaceAll((name, value) -> AlertText.clip(value, LONGEST_FACT));
    return facts;
  }

  private static String text(Notification notification, Map<String, String> facts) {
    StringBuilder text = new StringBuilder();
    text.append(title(notification)).append("\n\n");
    text.append(AlertText.clip(notification.alert().summary(), LONGEST_FACT)).append("\n\n");
    facts.forEach(
        (name, value) ->
            text.append(name).append(": ").append(value.replace("\n", "\n  ")).append('\n'));
    return text.toString();
  }

  private static String title(Notification notification) {
    return notification.alert().rule() + " " + AlertText.status(notification);
  }

  private static String html(Notification notification, Map<String, String> facts) {
    StringBuilder html = new StringBuilder();
    html.append(START)
        .append("<h1 style=\"font-size:18px;padding-left:10px;border-left:6px solid ")
        .append(colour(notification))
        .append("\">")
        .append(html(title(notification)))
        .append("</h1><p style=\"white-space:pre-wrap\">")
        .append(html(notification.alert().summary()))
        .append("</p><table cellpadding=\"4\">");
    facts.forEach(
        (name, value) ->
            html.append("<tr><th align=\"left\" valign=\"top\">")
                .append(name)
                .append("</th><td style=\"white-space:pre-wrap\">")
                .append(linked(value))
                .append("</td></tr>"));
    return html.append("</table></body></html>").toString();
  }

  private static String linked(String value) {
    String escaped = html(value);
    return Links.isAddress(value) ? "<a href=\"" + escaped + "\">" + escaped + "</a>" : escaped;
  }

  private static String html(String text) {
    return Escapes.html(AlertText.clip(text, LONGEST_FACT));
  }

  private static String colour(Notification notification) {
    return switch (notification.kind()) {
      case FIRING, REPEATED ->
          switch (notification.alert().severity()) {
            case HIGH -> "#bd2a2a";
            case MEDIUM -> "#d97a00";
            case LOW -> "#22639c";
          };
      case ACKNOWLEDGED -> "#22639c";
      case RESOLVED -> "#1c7a4a";
      case BRIEF -> "#5b6470";
    };
  }
}
