package io.tocsin.notifier.webhook;

import io.tocsin.bootstrap.config.Secret;
import io.tocsin.notifier.http.HttpAnswer.Answered;
import io.tocsin.notifier.http.HttpAnswer.Failed;
import io.tocsin.notifier.http.HttpSender;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.message.NotificationJson;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Pace;
import io.tocsin.notifier.pipeline.Reason;
import io.tocsin.notifier.pipeline.Receiver;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A program that is told by a POST: to open a ticket, to restart a worker, to stop a charger. Each
 * call carries an {@code Idempotency-Key}, the same for every repetition.
 */
public final class WebhookReceiver implements Receiver {

  /** 203 is a proxy's; 205 and 206 make no sense after a POST like ours. */
  private static final Set<Integer> TAKEN = Set.of(200, 201, 202, 204);

  /**
   * What is called, and how.
   *
   * @param on what is told; the rest counts as told without a call
   * @param headers further headers, such as {@code Authorization}
   * @param signingKey null for calls without a signature
   */
  public record Settings(
      WebhookTarget target,
      Set<Kind> on,
      WebhookBody body,
      Map<String, Secret> headers,
      @Nullable Secret signingKey,
      Duration timeout) {}

  private final String name;
  private final Settings settings;
  private final Pace pace;
  private final HttpSender caller;
  private final Links links;
  private final Clock clock;

  /** Calls as the settings say. */
  public WebhookReceiver(
      String name, Settings settings, Pace pace, HttpSender caller, Links links, Clock clock) {
    this.name = name;
    this.settings = settings;
    this.pace = pace;
    this.caller = caller;
    this.links = links;
    this.clock = clock;
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
    if (!settings.on().contains(notification.kind())) {
      return Outcome.delivered();
    }
    byte[] body = settings.body().about(name, notification, links);
    return switch (caller.post(
        settings.target().about(notification, links),
        headers(notification, body),
        body,
        settings.timeout())) {
      case Failed failed -> Outcome.retriable(failed.reason());
      case Answered answered -> outcome(answered);
    };
  }

  private Map<String, String> headers(Notification notification, byte[] body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json; charset=utf-8");
    headers.put("Idempotency-Key", NotificationJson.id(notification));
    settings.headers().forEach((header, value) -> headers.put(header, value.reveal()));
    if (settings.signingKey() != null) {
      headers.put("Tocsin-Signature", Signature.of(settings.signingKey(), clock.instant(), body));
    }
    return headers;
  }

  private static Outcome outcome(Answered answered) {
    if (TAKEN.contains(answered.status())) {
      return Outcome.delivered();
    }
    return answered.status() / 100 == 2
        ? Outcome.retriable(Reason.MALFORMED_ANSWER)
        : answered.byStatus("");
  }
}
