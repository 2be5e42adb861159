package io.tocsin.notifier;

import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import io.tocsin.bootstrap.config.InvalidValueException;
import io.tocsin.bootstrap.config.Named;
import io.tocsin.bootstrap.config.Problem;
import io.tocsin.bootstrap.config.Secret;
import io.tocsin.notifier.email.EmailSettings;
import io.tocsin.notifier.http.HttpEndpoint;
import io.tocsin.notifier.http.HttpRecorder;
import io.tocsin.notifier.message.Template;
import io.tocsin.notifier.pagerduty.Urgency;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.slack.SlackApi;
import io.tocsin.notifier.telegram.TelegramReceiver;
import io.tocsin.notifier.webhook.WebhookBody;
import io.tocsin.notifier.webhook.WebhookTarget;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Somebody to be told. In a file: one key that names the kind. */
public sealed interface ReceiverConfig {

  /** What must never be shown of it. */
  default Stream<Secret> secrets() {
    return switch (this) {
      case Slack slack -> Stream.of(slack.webhookUrl());
      case SlackBot bot -> Stream.of(bot.token());
      case Webhook webhook ->
          Stream.concat(
              webhook.headers().values().stream(), Stream.ofNullable(webhook.signingKey()));
      case PagerDuty pagerDuty -> Stream.of(pagerDuty.routingKey());
      case Email email -> Stream.ofNullable(email.password());
      case Telegram telegram -> Stream.of(telegram.token());
      case Terminal ignored -> Stream.empty();
      case File ignored -> Stream.empty();
      case IfSet optional ->
          optional.receiver() == null ? Stream.empty() : optional.receiver().secrets();
    };
  }

  /** The operator's own words about an alert; null for the rule's summary. */
  default @Nullable Template wording() {
    return switch (this) {
      case Slack slack -> template(slack.text());
      case SlackBot bot -> template(bot.text());
      case PagerDuty pagerDuty -> template(pagerDuty.text());
      case Email email -> template(email.text());
      case Telegram telegram -> template(telegram.text());
      case Webhook ignored -> null;
      case Terminal ignored -> null;
      case File ignored -> null;
      case IfSet optional -> optional.receiver() == null ? null : optional.receiver().wording();
    };
  }

  private static @Nullable Template template(@Nullable String text) {
    return text == null ? null : Template.parse("text", text, UnaryOperator.identity());
  }

  /** A Slack channel through an incoming webhook. */
  @Doc("a Slack channel, through an incoming webhook")
  record Slack(
      @Doc("the webhook's address, which is a secret") Secret webhookUrl,
      @Default("5s") @Doc("how long to wait for Slack") Duration timeout,
      @Default("1s") @Doc("at least this long between two messages; Slack asks for a second")
          Duration every,
      @Doc("the words in place of the rule's summary; {{field}} for parts of the alert")
          @Nullable String text)
      implements ReceiverConfig {

    public Slack {
      HttpEndpoint.secret("webhook-url", webhookUrl);
      requireTimeout(timeout);
      requireEvery(every);
      template(text);
    }
  }

  /** A Slack channel through a bot of one's own. */
  @Doc("a Slack channel, through a bot")
  record SlackBot(
      @Doc("the bot's token, with the scope chat:write") Secret token,
      @Doc("the channel: its id, or #name; the bot must be in it") String channel,
      @Default("https://slack.com/api") @Doc("the Web API's address") URI api,
      @Default("5s") @Doc("how long to wait for Slack, for each call") Duration timeout,
      @Default("1s") @Doc("at least this long between two messages; Slack asks for a second")
          Duration every,
      @Doc("the words in place of the rule's summary; {{field}} for parts of the alert")
          @Nullable String text)
      implements ReceiverConfig {

    public SlackBot {
      InvalidValueException.require(
          channel.matches("#[^\\s#@<>&|]{1,80}|[CDG][A-Z0-9]{2,40}"),
          "channel",
          channel,
          "must be a channel's id, such as C024BE91L, or #name");
      new SlackApi(api, token, timeout, new HttpRecorder());
      requireTimeout(timeout);
      requireEvery(every);
      template(text);
    }
  }

  /** Lines on the terminal that the notifier runs in. */
  @Doc("lines on the notifier's own terminal")
  record Terminal() implements ReceiverConfig {}

  /** Lines of JSON at the end of a file. */
  @Doc("lines of JSON at the end of a file")
  record File(@Doc("the file; made when it is not there, its folder is not") Path path)
      implements ReceiverConfig {}

  /** A program that is told by a signed POST. */
  @Doc("a program, told by a POST of JSON")
  record Webhook(
      @Doc("its address, on a host of webhook-hosts; {{field}} may stand in the path and after it")
          String url,
      @Default("[firing, resolved, brief]")
          @Doc(
              "what is told: firing, acknowledged, repeated, resolved, and brief for what is over"
                  + " before it could be told")
          List<Kind> on,
      @Doc("the JSON to send, with {{field}} for parts of the alert; the whole alert if left out")
          @Nullable String body,
      @Default("{}") @Doc("further headers, each a secret") Map<String, Secret> headers,
      @Doc("key of the HMAC-SHA256 in the header Tocsin-Signature; no signature if left out")
          @Nullable Secret signingKey,
      @Default("false") @Doc("whether http will do beyond this machine; it can be read on the way")
          boolean plainHttp,
      @Default("5s") @Doc("how long to wait for the answer") Duration timeout,
      @Default("0s") @Doc("at least this long between two calls") Duration every)
      implements ReceiverConfig {

    private static final Set<String> RESERVED =
        Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

    public Webhook {
      WebhookTarget.parse(url, plainHttp);
      WebhookBody.parse(body);
      InvalidValueException.require(!on.isEmpty(), "on", on, "must name at least one");
      for (Map.Entry<String, Secret> header : headers.entrySet()) {
        String name = header.getKey();
        InvalidValueException.require(
            name.matches("[A-Za-z0-9-]+") && !RESERVED.contains(name.toLowerCase(Locale.ROOT)),
            "headers",
            name,
            "must be a header's name that is free to choose");
        InvalidValueException.require(
            header.getValue().reveal().matches("[ -~]+"),
            "headers",
            name,
            "must hold one line of printable ASCII");
      }
      requireTimeout(timeout);
      requireEvery(every);
      on = List.copyOf(on);
      headers = Map.copyOf(headers);
    }

    WebhookTarget target() {
      return WebhookTarget.parse(url, plainHttp);
    }
  }

  /** A service at PagerDuty. */
  @Named("pagerduty")
  @Doc("a service at PagerDuty, through Events API v2")
  record PagerDuty(
      @Doc("the service's integration key") Secret routingKey,
      @Default("{}") @Doc("what our severities are called there") Urgency severities,
      @Default("https://events.pagerduty.com/v2/enqueue")
          @Doc("where events go; for the EU https://events.eu.pagerduty.com/v2/enqueue")
          URI url,
      @Default("5s") @Doc("how long to wait for PagerDuty") Duration timeout,
      @Default("500ms") @Doc("at least this long between two calls; PagerDuty takes 120 a minute")
          Duration every,
      @Doc("the words in place of the rule's summary; {{field}} for parts of the alert")
          @Nullable String text)
      implements ReceiverConfig {

    public PagerDuty {
      InvalidValueException.require(
          routingKey.reveal().matches("[A-Za-z0-9]{32}"),
          "routing-key",
          null,
          "must hold the 32 letters and digits of an Events API v2 integration");
      HttpEndpoint.open("url", url);
      requireTimeout(timeout);
      requireEvery(every);
      template(text);
    }
  }

  /** People's mailboxes. */
  @Doc("people, by e-mail")
  record Email(
      @Doc("the mail server") String host,
      @Doc("its port; 587 for starttls, 465 for implicit, 25 for none if left out")
          @Nullable Integer port,
      @Default("starttls") @Doc("how the connection is made private: starttls, implicit or none")
          EmailSettings.Tls tls,
      @Doc("authorities to trust instead of the platform's, as a PEM file") @Nullable Path caFile,
      @Doc("who logs in; nobody if left out") @Nullable String username,
      @Doc("the login's password") @Nullable Secret password,
      @Doc("the sender's address") String from,
      @Doc("the readers' addresses") List<String> to,
      @Default("15s") @Doc("how long a mail may take to be handed over") Duration timeout,
      @Default("1s") @Doc("at least this long between two mails") Duration every,
      @Doc("the words in place of the rule's summary; {{field}} for parts of the alert")
          @Nullable String text)
      implements ReceiverConfig {

    public Email {
      to = List.copyOf(to);
      new EmailSettings(host, port, tls, caFile, username, password, from, to, timeout);
      requireTimeout(timeout);
      requireEvery(every);
      template(text);
    }

    EmailSettings settings() {
      return new EmailSettings(host, port, tls, caFile, username, password, from, to, timeout);
    }
  }

  /** A chat of Telegram. */
  @Doc("a Telegram chat, through a bot")
  record Telegram(
      @Doc("the bot's token") Secret token,
      @Doc("the chat: a number, or @channel") String chat,
      @Default("https://api.telegram.org") @Doc("the Bot API's address") URI api,
      @Default("5s") @Doc("how long to wait for Telegram") Duration timeout,
      @Default("3s") @Doc("at least this long between two messages; a group takes 20 a minute")
          Duration every,
      @Doc("the words in place of the rule's summary; {{field}} for parts of the alert")
          @Nullable String text)
      implements ReceiverConfig {

    public Telegram {
      InvalidValueException.require(
          token.reveal().matches("\\d+:[A-Za-z0-9_-]+"),
          "token",
          null,
          "must hold a bot's token, such as 123456:ABC-DEF");
      InvalidValueException.require(
          chat.matches("-?\\d{1,20}|@[A-Za-z0-9_]{3,64}"),
          "chat",
          chat,
          "must be a number or @channel");
      TelegramReceiver.endpoint(api, token);
      requireTimeout(timeout);
      requireEvery(every);
      template(text);
    }
  }

  /**
   * A receiver that is there only where its secrets are, so that one file serves many places.
   *
   * @param receiver null where it is left out
   * @param unset the environment variables that it lacks; empty where it is there
   */
  @Doc("any other kind, which is left out where an environment variable that it names is not set")
  record IfSet(@Nullable ReceiverConfig receiver, List<String> unset) implements ReceiverConfig {

    public IfSet {
      unset = List.copyOf(unset);
    }

    static IfSet fromConfig(ConfigNode node) {
      List<Problem> problems = ConfigReader.problemsOf(() -> node.as(ReceiverConfig.class));
      if (problems.isEmpty() || !problems.stream().allMatch(Secret::isUnset)) {
        return new IfSet(node.as(ReceiverConfig.class), List.of());
      }
      return new IfSet(
          null, problems.stream().map(Problem::value).map(String::valueOf).distinct().toList());
    }
  }

  private static void requireEvery(Duration every) {
    InvalidValueException.require(
        !every.isNegative() && every.compareTo(Duration.ofHours(1)) <= 0,
        "every",
        every,
        "must be at most an hour");
  }

  private static void requireTimeout(Duration timeout) {
    InvalidValueException.require(
        timeout.compareTo(Duration.ofMillis(100)) >= 0
            && timeout.compareTo(Duration.ofMinutes(1)) <= 0,
        "timeout",
        timeout,
        "must be between 100ms and 1m");
  }
}
