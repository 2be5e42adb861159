package io.tocsin.notifier.webhook;

import io.tocsin.bootstrap.config.InvalidValueException;
import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.notifier.message.AlertText;
import io.tocsin.notifier.message.Escapes;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.message.NotificationJson;
import io.tocsin.notifier.message.Template;
import io.tocsin.notifier.pipeline.Notification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a webhook says: the alert as it stands on the topic, or the operator's own JSON. */
public final class WebhookBody {

  private static final Notification SAMPLE =
      new Notification(
          Notification.Kind.FIRING,
          new Alert(
              "sample",
              "sample@1",
              "sample",
              1,
              Alert.Severity.LOW,
              Alert.Status.FIRING,
              Instant.EPOCH,
              Map.of(),
              Instant.EPOCH,
              null,
              1,
              1,
              "1m",
              "sample \"quoted\"",
              Map.of(),
              Map.of(),
              List.of(),
              null),
          null);

  private final @Nullable Template template;

  private WebhookBody(@Nullable Template template) {
    this.template = template;
  }

  /**
   * Reads a template.
   *
   * @param text null for the alert itself
   * @throws InvalidValueException when a field is not known or the whole is no JSON object
   */
  public static WebhookBody parse(@Nullable String text) {
    if (text == null) {
      return new WebhookBody(null);
    }
    WebhookBody body = new WebhookBody(Template.parse("body", text, Escapes::json));
    try {
      EventCodec.decodeObject(body.about("sample", SAMPLE, new Links(null)));
    } catch (MalformedEventException e) {
      InvalidValueException.require(
          false, "body", AlertText.clip(text, 80), "must be a JSON object with its fields quoted");
    }
    return body;
  }

  byte[] about(String receiver, Notification notification, Links links) {
    return template == null
        ? NotificationJson.of(receiver, notification, links)
        : template.render(notification, links).getBytes(StandardCharsets.UTF_8);
  }
}
