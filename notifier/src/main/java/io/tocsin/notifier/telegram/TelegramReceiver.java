package io.tocsin.notifier.telegram;

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
import io.tocsin.notifier.pipeline.Outcome.Retriable;
import io.tocsin.notifier.pipeline.Pace;
import io.tocsin.notifier.pipeline.Reason;
import io.tocsin.notifier.pipeline.Summary;
import io.tocsin.notifier.pipeline.SummaryReceiver;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chat, through a bot. The resolve answers the firing's message, so the two stand together.
 *
 * @see <a href="https://core.telegram.org/bots/api#making-requests">requests and their answers</a>
 * @see <a href="https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this">
 *     limits: one message a second to a chat, twenty a minute to a group</a>
 */
public final class TelegramReceiver implements SummaryReceiver {

  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json; charset=utf-8");

  private static final int LONGEST_WORD = 200;

  private final String name;
  private final HttpEndpoint endpoint;
  private final Secret token;
  private final String chat;
  private final Duration timeout;
  private final Pace pace;
  private final HttpSender caller;
  private final Links links;

  /**
   * Sends messages.
   *
   * @param api Telegram's address, or that of a Bot API server of one's own
   * @param token the bot's, as its maker was given it
   * @param chat a number, or {@code @channel}
   */
  public TelegramReceiver(
      String name,
      URI api,
      Secret token,
      String chat,
      Duration timeout,
      Pace pace,
      HttpSender caller,
      Links links) {
    this.name = name;
    this.token = token;
    this.chat = chat;
    this.timeout = timeout;
    this.pace = pace;
    this.caller = caller;
    this.links = links;
    this.endpoint = endpoint(api, token);
  }

  /**
   * Where messages go; the token is a part of it.
   *
   * @throws io.tocsin.bootstrap.config.InvalidValueException when the two make no address
   */
  public static HttpEndpoint endpoint(URI api, Secret token) {
    String base = api.toString().replaceAll("/+$", "");
    return HttpEndpoint.secret(
        "token", Secret.of(base + "/bot" + token.reveal() + "/sendMessage", "token"));
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
    return send(TelegramMessage.render(chat, notification, links));
  }

  @Override
  public Outcome deliver(Summary summary) throws InterruptedException {
    return send(TelegramMessage.render(chat, summary, links));
  }

  private Outcome send(byte[] message) throws InterruptedException {
    return switch (caller.post(endpoint, HEADERS, message, timeout)) {
      case Failed failed -> Outcome.retriable(failed.reason());
      case Answered answered -> outcome(answered);
    };
  }

  private Outcome outcome(Answered answered) {
    Map<String, @Nullable Object> said = read(answered.body());
    if (answered.status() == 200) {
      return Boolean.TRUE.equals(said.get("ok"))
              && said.get("result") instanceof Map<?, ?> message
              && message.get("message_id") instanceof Number id
          ? new Delivered(Long.toString(id.longValue()))
          : Outcome.retriable(Reason.MALFORMED_ANSWER);
    }
    Outcome byStatus = answered.byStatus(word(said));
    return byStatus instanceof Retriable retriable && retriable.reason() == Reason.RATE_LIMITED
        ? new Retriable(Reason.RATE_LIMITED, patience(said, retriable.retryAfter()))
        : byStatus;
  }

  /** Telegram says how long in the body. */
  private static @Nullable Duration patience(
      Map<String, @Nullable Object> said, @Nullable Duration otherwise) {
    return said.get("parameters") instanceof Map<?, ?> parameters
            && parameters.get("retry_after") instanceof Number seconds
            && seconds.longValue() >= 0
        ? Duration.ofSeconds(seconds.longValue())
        : otherwise;
  }

  private static Map<String, @Nullable Object> read(String body) {
    try {
      return EventCodec.decodeObject(body.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedEventException e) {
      return Map.of();
    }
  }

  private String word(Map<String, @Nullable Object> said) {
    return said.get("description") instanceof String description
        ? AlertText.clip(description.replace(token.reveal(), "(the token)"), LONGEST_WORD)
        : "";
  }
}
