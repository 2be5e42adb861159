package io.tocsin.notifier.slack;

import io.tocsin.bootstrap.config.InvalidValueException;
import io.tocsin.bootstrap.config.Secret;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.notifier.http.HttpAnswer.Answered;
import io.tocsin.notifier.http.HttpAnswer.Failed;
import io.tocsin.notifier.http.HttpEndpoint;
import io.tocsin.notifier.http.HttpSender;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Reason;
import io.tocsin.notifier.slack.SlackAnswer.Done;
import io.tocsin.notifier.slack.SlackAnswer.Otherwise;
import io.tocsin.notifier.slack.SlackAnswer.Refused;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The two methods of Slack's Web API that we use, as a bot. Thread-safe.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/chat.postMessage">chat.postMessage</a>
 * @see <a href="https://docs.slack.dev/reference/methods/chat.update">chat.update</a>
 * @see <a href="https://docs.slack.dev/apis/web-api/#responses">answers</a>
 */
public final class SlackApi {

  private final HttpEndpoint post;
  private final HttpEndpoint update;
  private final Secret token;
  private final Duration timeout;
  private final HttpSender caller;

  /**
   * Calls as the bot.
   *
   * @param base the API's address, {@code https://slack.com/api} but for Slack's government cloud
   * @param token the bot's, with the scope {@code chat:write}
   * @param timeout for each call
   * @throws InvalidValueException when the token cannot be one, or the address is none
   */
  public SlackApi(URI base, Secret token, Duration timeout, HttpSender caller) {
    InvalidValueException.require(
        token.reveal().matches("xox[A-Za-z0-9.-]{1,500}"),
        "token",
        null,
        "must hold a bot's token, such as xoxb-123-456-abc");
    String methods = base.toString().replaceAll("/+$", "");
    this.post = HttpEndpoint.open("api", URI.create(methods + "/chat.postMessage"));
    this.update = HttpEndpoint.open("api", URI.create(methods + "/chat.update"));
    this.token = token;
    this.timeout = timeout;
    this.caller = caller;
  }

  /**
   * Posts a message.
   *
   * @param channel an id, or {@code #name}
   * @param summary whether it tells of many episodes
   */
  SlackAnswer post(String channel, SlackMessage message, boolean summary)
      throws InterruptedException {
    return call(post, posted(channel, message), summary);
  }

  /**
   * Posts a message in the thread of another.
   *
   * @param aloud whether it shows in the channel too
   */
  SlackAnswer answer(SlackAddress to, SlackMessage message, boolean aloud)
      throws InterruptedException {
    Map<String, @Nullable Object> arguments = posted(to.channel(), message);
    arguments.put("thread_ts", to.ts());
    arguments.put("reply_broadcast", aloud);
    return call(post, arguments, false);
  }

  private static Map<String, @Nullable Object> posted(String channel, SlackMessage message) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    arguments.put("channel", channel);
    arguments.putAll(message.payload());
    arguments.put("unfurl_links", false);
    arguments.put("unfurl_media", false);
    return arguments;
  }

  /** Puts a message in the place of another. */
  SlackAnswer update(SlackAddress at, SlackMessage message) throws InterruptedException {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    arguments.put("channel", at.channel());
    arguments.put("ts", at.ts());
    // Without any blocks the old ones would stay; an empty list takes them away.
    arguments.putAll(message.payload());
    return call(update, arguments, at.summary());
  }

  private SlackAnswer call(
      HttpEndpoint method, Map<String, @Nullable Object> arguments, boolean summary)
      throws InterruptedException {
    Map<String, String> headers =
        Map.of(
            "Authorization",
            "Bearer " + token.reveal(),
            "Content-Type",
            "application/json; charset=utf-8");
    return switch (caller.post(method, headers, EventCodec.encodeObject(arguments), timeout)) {
      case Failed failed -> new Otherwise(Outcome.retriable(failed.reason()));
      case Answered answered -> answer(answered, summary);
    };
  }

  /** Success is the status 200 and {@code "ok": true}; a refusal mostly has the status 200 too. */
  private static SlackAnswer answer(Answered answered, boolean summary) {
    Map<String, @Nullable Object> said = read(answered.body());
    String error = error(said);
    if (answered.status() != 200) {
      return new Otherwise(answered.byStatus(error));
    }
    if (!error.isEmpty()) {
      return new Refused(error, SlackError.outcome(error, answered.retryAfter()));
    }
    if (Boolean.FALSE.equals(said.get("ok"))) {
      return new Otherwise(new Outcome.Rejected(Reason.BAD_REQUEST, "no reason is given"));
    }
    SlackAddress at = SlackAddress.of(said.get("channel"), said.get("ts"), summary);
    return Boolean.TRUE.equals(said.get("ok")) && at != null
        ? new Done(at)
        : new Otherwise(Outcome.retriable(Reason.MALFORMED_ANSWER));
  }

  /** Slack's errors are single words; a longer text is not Slack's, and may quote what we sent. */
  private static String error(Map<String, @Nullable Object> said) {
    return Boolean.FALSE.equals(said.get("ok"))
            && said.get("error") instanceof String word
            && word.matches("[a-z_]{1,60}")
        ? word
        : "";
  }

  private static Map<String, @Nullable Object> read(String body) {
    try {
      return EventCodec.decodeObject(body.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedEventException e) {
      return Map.of();
    }
  }
}
