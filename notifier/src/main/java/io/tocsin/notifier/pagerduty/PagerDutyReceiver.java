package io.tocsin.notifier.pagerduty;

import io.tocsin.bootstrap.config.Secret;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.notifier.http.HttpAnswer.Answered;
import io.tocsin.notifier.http.HttpAnswer.Failed;
import io.tocsin.notifier.http.HttpEndpoint;
import io.tocsin.notifier.http.HttpSender;
import io.tocsin.notifier.message.AlertText;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Outcome.Delivered;
import io.tocsin.notifier.pipeline.Outcome.Opened;
import io.tocsin.notifier.pipeline.Pace;
import io.tocsin.notifier.pipeline.Reason;
import io.tocsin.notifier.pipeline.Receiver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service at PagerDuty. An episode is one incident: a firing opens it, the resolve closes it, a
 * repetition of either is told from the first by its key and changes nothing. One that somebody
 * closed there by hand is opened again when the alert is repeated. What fired and resolved before
 * it could be told is opened and closed, so that it stands in PagerDuty's history; in two steps, as
 * an event that opens what is closed already would make a second incident of it.
 *
 * @see <a href="https://developer.pagerduty.com/docs/events-api-v2-overview">Events API v2</a>
 */
public final class PagerDutyReceiver implements Receiver {

  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json", "Accept", "application/json");

  private static final int LONGEST_WORD = 200;

  private final String name;
  private final HttpEndpoint endpoint;
  private final Secret routingKey;
  private final Urgency urgency;
  private final Duration timeout;
  private final Pace pace;
  private final HttpSender caller;
  private final Links links;

  /**
   * Sends events.
   *
   * @param routingKey the integration key of the service at PagerDuty
   */
  public PagerDutyReceiver(
      String name,
      HttpEndpoint endpoint,
      Secret routingKey,
      Urgency urgency,
      Duration timeout,
      Pace pace,
      HttpSender caller,
      Links links) {
    this.name = name;
    this.endpoint = endpoint;
    this.routingKey = routingKey;
    this.urgency = urgency;
    this.timeout = timeout;
    this.pace = pace;
    this.caller = caller;
    this.links = links;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Pace pace() {
    return pace;
  }

  @Override
  public Outcome deliver(Notification notification) throws InterruptedException {
    return switch (notification.kind()) {
      case FIRING, REPEATED -> trigger(notification);
      case ACKNOWLEDGED -> send(PagerDutyEvent.acknowledge(routingKey, notification.alert()));
      case RESOLVED -> resolve(notification);
      case BRIEF -> {
        Outcome opened = trigger(notification);
        yield opened instanceof Delivered ? new Opened() : opened;
      }
    };
  }

  private Outcome trigger(Notification notification) throws InterruptedException {
    return send(PagerDutyEvent.trigger(routingKey, notification, urgency, links));
  }

  private Outcome resolve(Notification notification) throws InterruptedException {
    return send(PagerDutyEvent.resolve(routingKey, notification.alert()));
  }

  private Outcome send(byte[] event) throws InterruptedException {
    return switch (caller.post(endpoint, HEADERS, event, timeout)) {
      case Failed failed -> Outcome.retriable(failed.reason());
      case Answered answered -> outcome(answered);
    };
  }

  /** Success is the status 202 and {@code "status": "success"}. */
  private Outcome outcome(Answered answered) {
    Map<String, @Nullable Object> said = read(answered.body());
    if (answered.status() / 100 != 2) {
      return answered.byStatus(word(said));
    }
    return answered.status() == 202 && "success".equals(said.get("status"))
        ? Outcome.delivered()
        : Outcome.retriable(Reason.MALFORMED_ANSWER);
  }

  private static Map<String, @Nullable Object> read(String body) {
    try {
      return EventCodec.decodeObject(body.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedEventException e) {
      return Map.of();
    }
  }

  /** PagerDuty's own account of what is wrong, without the key should it quote that. */
  private String word(Map<String, @Nullable Object> said) {
    if (said.get("errors") instanceof List<?> errors && !errors.isEmpty()) {
      String first = String.valueOf(errors.getFirst()).replace(routingKey.reveal(), "(the key)");
      return AlertText.clip(first, LONGEST_WORD);
    }
    return "";
  }
}
