package io.tocsin.notifier;

import io.tocsin.notifier.email.EmailReceiver;
import io.tocsin.notifier.file.FileReceiver;
import io.tocsin.notifier.http.HttpEndpoint;
import io.tocsin.notifier.http.HttpSender;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.message.Template;
import io.tocsin.notifier.pagerduty.PagerDutyReceiver;
import io.tocsin.notifier.pipeline.Pace;
import io.tocsin.notifier.pipeline.Receiver;
import io.tocsin.notifier.slack.SlackApi;
import io.tocsin.notifier.slack.SlackBot;
import io.tocsin.notifier.slack.SlackWebhook;
import io.tocsin.notifier.telegram.TelegramReceiver;
import io.tocsin.notifier.terminal.TerminalReceiver;
import io.tocsin.notifier.webhook.WebhookBody;
import io.tocsin.notifier.webhook.WebhookReceiver;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.Consumer;

/** Makes receivers of their configurations. */
final class Receivers {

  private final HttpSender caller;
  private final Links links;
  private final Consumer<String> terminal;
  private final Clock clock;

  Receivers(HttpSender caller, Links links, Consumer<String> terminal, Clock clock) {
    this.caller = caller;
    this.links = links;
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Told in the operator's words where the configuration has some. */
  Receiver of(String name, ReceiverConfig config) {
    Receiver bare = bare(name, config);
    Template wording = config.wording();
    return wording == null ? bare : Worded.of(bare, wording, links);
  }

  /** The same, told as the notification is. */
  Receiver bare(String name, ReceiverConfig config) {
    return switch (config) {
      case ReceiverConfig.Slack slack -> slack(name, slack);
      case ReceiverConfig.SlackBot bot -> slackBot(name, bot);
      case ReceiverConfig.Webhook webhook -> webhook(name, webhook);
      case ReceiverConfig.PagerDuty pagerDuty -> pagerDuty(name, pagerDuty);
      case ReceiverConfig.Email email ->
          new EmailReceiver(name, email.settings(), pace(email.every()), links, clock);
      case ReceiverConfig.Telegram telegram -> telegram(name, telegram);
      case ReceiverConfig.Terminal ignored -> new TerminalReceiver(name, terminal);
      case ReceiverConfig.File(Path path) -> new FileReceiver(name, path, links);
      case ReceiverConfig.IfSet(ReceiverConfig there, var _) when there != null ->
          bare(name, there);
      case ReceiverConfig.IfSet left ->
          throw new IllegalArgumentException(name + " is left out: " + left.unset());
    };
  }

  private Receiver slack(String name, ReceiverConfig.Slack slack) {
    return new SlackWebhook(
        name,
        HttpEndpoint.secret("webhook-url", slack.webhookUrl()),
        slack.timeout(),
        pace(slack.every()),
        caller,
        links);
  }

  private Receiver slackBot(String name, ReceiverConfig.SlackBot bot) {
    SlackApi api = new SlackApi(bot.api(), bot.token(), bot.timeout(), caller);
    return new SlackBot(name, api, bot.channel(), pace(bot.every()), links);
  }

  private Receiver webhook(String name, ReceiverConfig.Webhook webhook) {
    return new WebhookReceiver(
        name,
        new WebhookReceiver.Settings(
            webhook.target(),
            EnumSet.copyOf(webhook.on()),
            WebhookBody.parse(webhook.body()),
            webhook.headers(),
            webhook.signingKey(),
            webhook.timeout()),
        pace(webhook.every()),
        caller,
        links,
        clock);
  }

  private Receiver pagerDuty(String name, ReceiverConfig.PagerDuty pagerDuty) {
    return new PagerDutyReceiver(
        name,
        HttpEndpoint.open("url", pagerDuty.url()),
        pagerDuty.routingKey(),
        pagerDuty.severities(),
        pagerDuty.timeout(),
        pace(pagerDuty.every()),
        caller,
        links);
  }

  private Receiver telegram(String name, ReceiverConfig.Telegram telegram) {
    return new TelegramReceiver(
        name,
        telegram.api(),
        telegram.token(),
        telegram.chat(),
        telegram.timeout(),
        pace(telegram.every()),
        caller,
        links);
  }

  private static Pace pace(Duration every) {
    return new Pace(1, every);
  }
}
