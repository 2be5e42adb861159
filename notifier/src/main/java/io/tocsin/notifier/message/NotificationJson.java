package io.tocsin.notifier.message;

import io.tocsin.event.EventCodec;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.notifier.pipeline.Notification;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A notification as programs read it: the whole alert, and what is said of it. */
public final class NotificationJson {

  private NotificationJson() {}

  /** One JSON object without a line end, in UTF-8. */
  public static byte[] of(String receiver, Notification notification, Links links) {
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("version", 1);
    message.put("id", id(notification));
    message.put("receiver", receiver);
    message.put("kind", notification.kind().name().toLowerCase(Locale.ROOT));
    message.put("headline", AlertText.headline(notification));
    message.put("link", links.alert(notification.alert()));
    Acknowledgement acknowledgement = notification.acknowledgement();
    if (acknowledgement != null) {
      message.put("acknowledgedBy", acknowledgement.author());
      message.put("comment", acknowledgement.comment());
    }
    message.put("alert", notification.alert());
    return EventCodec.encodeObject(message);
  }

  /** The same whenever the notification is tried again, and in printable ASCII. */
  public static String id(Notification notification) {
    return notification.alert().episode().replaceAll("[^!-~]", "_") + "/" + notification.occasion();
  }
}
