package io.tocsin.notifier.slack;

import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Outcome.Delivered;
import io.tocsin.notifier.pipeline.Pace;
import io.tocsin.notifier.pipeline.Summary;
import io.tocsin.notifier.pipeline.SummaryReceiver;
import io.tocsin.notifier.slack.SlackAnswer.Done;
import io.tocsin.notifier.slack.SlackAnswer.Otherwise;
import io.tocsin.notifier.slack.SlackAnswer.Refused;
import org.jspecify.annotations.Nullable;

/**
 * A channel, through a bot. An episode is one message, which is changed in place when somebody
 * takes care of it and when it is over: the channel shows what is, not a trail of what was. That it
 * still fires is said in the message's thread, and shown in the channel too: a message that is
 * changed calls nobody. Where the message was a summary, what becomes of one of its episodes stands
 * in its thread; where it is gone, a new one is posted.
 *
 * @see <a href="https://docs.slack.dev/apis/web-api/rate-limits">rate limits: a message a second to
 *     a channel</a>
 */
public final class SlackBot implements SummaryReceiver {

  /** A message's address as the delivery log has it, for showing what an update looks like. */
  public static final String EXAMPLE_REFERENCE = "C0123456789/1700000000.000100";

  private final String name;
  private final SlackApi api;
  private final String channel;
  private final Pace pace;
  private final Links links;

  /**
   * Posts as the bot.
   *
   * @param channel an id, or {@code #name}; the bot must have been invited
   */
  public SlackBot(String name, SlackApi api, String channel, Pace pace, Links links) {
    this.name = name;
    this.api = api;
    this.channel = channel;
    this.pace = pace;
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
    SlackMessage message = SlackMessage.of(notification, links);
    SlackAddress before = SlackAddress.parse(notification.reference());
    if (before == null) {
      return post(message, false);
    }
    boolean again = notification.kind() == Kind.REPEATED;
    SlackAnswer answer = formed(message, each -> follow(before, each, again));
    return answer instanceof Refused refused && SlackError.asksForANewMessage(refused.error())
        ? post(message, false)
        : outcome(answer, before);
  }

  @Override
  public Outcome deliver(Summary summary) throws InterruptedException {
    return post(SlackMessage.of(summary, links), true);
  }

  private SlackAnswer follow(SlackAddress before, SlackMessage message, boolean again)
      throws InterruptedException {
    return before.summary() || again
        ? api.answer(before, message, again)
        : api.update(before, message);
  }

  private Outcome post(SlackMessage message, boolean summary) throws InterruptedException {
    return outcome(formed(message, each -> api.post(channel, each, summary)), null);
  }

  private interface Call {
    SlackAnswer with(SlackMessage message) throws InterruptedException;
  }

  /** An alert in plain words is better than none: tried when Slack does not take the blocks. */
  private static SlackAnswer formed(SlackMessage message, Call call) throws InterruptedException {
    SlackAnswer answer = call.with(message);
    return answer instanceof Refused refused && SlackError.asksForAPlainMessage(refused.error())
        ? call.with(message.plain())
        : answer;
  }

  /**
   * Where an episode is looked for next time.
   *
   * @param before where its message stands already; null when it was just posted
   */
  private static Outcome outcome(SlackAnswer answer, @Nullable SlackAddress before) {
    return switch (answer) {
      case Done done -> new Delivered((before == null ? done.at() : before).reference());
      case Refused refused -> refused.outcome();
      case Otherwise otherwise -> otherwise.outcome();
    };
  }
}
