package io.tocsin.notifier.slack;

import io.tocsin.event.EventCodec;
import io.tocsin.notifier.http.HttpAnswer;
import io.tocsin.notifier.http.HttpAnswer.Answered;
import io.tocsin.notifier.http.HttpAnswer.Failed;
import io.tocsin.notifier.http.HttpEndpoint;
import io.tocsin.notifier.http.HttpSender;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Pace;
import io.tocsin.notifier.pipeline.Reason;
import io.tocsin.notifier.pipeline.Summary;
import io.tocsin.notifier.pipeline.SummaryReceiver;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A channel, through an incoming webhook. It can only post, so a resolve is a second message.
 *
 * @see <a href="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks">incoming
 *     webhooks</a>
 * @see <a href="https://docs.slack.dev/apis/web-api/rate-limits">rate limits: one a second</a>
 */
public final class SlackWebhook implements SummaryReceiver {

  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json; charset=utf-8");

  private final String name;
  private final HttpEndpoint endpoint;
  private final Duration timeout;
  private final Pace pace;
  private final HttpSender caller;
  private final Links links;

  /** Posts to the webhook's address. */
  public SlackWebhook(
      String name,
      HttpEndpoint endpoint,
      Duration timeout,
      Pace pace,
      HttpSender caller,
      Links links) {
    this.name = name;
    this.endpoint = endpoint;
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
    return post(SlackMessage.of(notification, links));
  }

  @Override
  public Outcome deliver(Summary summary) throws InterruptedException {
    return post(SlackMessage.of(summary, links));
  }

  private Outcome post(SlackMessage message) throws InterruptedException {
    Map<String, @Nullable Object> payload = message.payload();
    payload.put("unfurl_links", false);
    HttpAnswer answer = caller.post(endpoint, HEADERS, EventCodec.encodeObject(payload), timeout);
    return switch (answer) {
      case Failed failed -> Outcome.retriable(failed.reason());
      case Answered answered -> outcome(answered);
    };
  }

  /** Success is the status 200 and the body {@code ok}; anything else came from somebody else. */
  private static Outcome outcome(Answered answered) {
    if (answered.status() != 200) {
      return answered.byStatus(word(answered.body()));
    }
    return answered.body().strip().equals("ok")
        ? Outcome.delivered()
        : Outcome.retriable(Reason.MALFORMED_ANSWER);
  }

  /** Slack's errors are single words such as {@code no_service}; a longer body is not Slack's. */
  private static String word(String body) {
    String text = body.strip();
    return text.matches("[a-z_]{1,60}") ? text : "";
  }
}
