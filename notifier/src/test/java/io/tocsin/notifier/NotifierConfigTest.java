package io.tocsin.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.notifier.email.EmailSettings;
import io.tocsin.notifier.pagerduty.Urgency;
import io.tocsin.notifier.pagerduty.Urgency.Level;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.pipeline.Storms;
import io.tocsin.notifier.route.AnyOf;
import io.tocsin.notifier.route.Matchers;
import io.tocsin.notifier.route.RouteConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotifierConfigTest {

  private static final String URL = "https://hooks.slack.com/services/T0/B0/T0PSECRET";

  private static NotifierConfig read(String yaml) {
    return ConfigReader.read("notifier.yaml", yaml, NotifierConfig.class);
  }

  @Test
  void whatIsLeftOutTakesItsDefault() {
    NotifierConfig config = read("receivers: { screen: { terminal: {} } }");
    assertThat(config)
        .isEqualTo(
            new NotifierConfig(
                "notifier",
                null,
                Duration.ofDays(1),
                new Storms(30, Duration.ofMinutes(1)),
                List.of(),
                Map.of("screen", new ReceiverConfig.Terminal()),
                null));
    assertThat(config.routeOrAll()).isEqualTo(RouteConfig.toAll(List.of("screen")));
  }

  @Test
  void everyKeyIsHonoured(@TempDir Path folder) throws Exception {
    // Given
    Path file = Files.writeString(folder.resolve("slack"), URL + "\n");

    // When
    NotifierConfig config =
        read(
            """
            instance: notifier-2
            console-url: https://tocsin.example
            give-up-after: 2h
            storm: { over: 50, within: 2m }
            receivers:
              ops: { slack: { webhook-url: { file: %s }, timeout: 2s, every: 500ms } }
              screen: { terminal: {} }
            route:
              receivers: [screen]
              routes:
                - { match: { severity: high }, receivers: [ops, screen], continue: true }
            """
                .formatted(file));

    // Then
    assertThat(config.instance()).isEqualTo("notifier-2");
    assertThat(config.consoleUrl()).isEqualTo(URI.create("https://tocsin.example"));
    assertThat(config.giveUpAfter()).isEqualTo(Duration.ofHours(2));
    assertThat(config.storm()).isEqualTo(new Storms(50, Duration.ofMinutes(2)));
    assertThat(config.receivers().get("ops"))
        .isInstanceOfSatisfying(
            ReceiverConfig.Slack.class,
            slack -> {
              assertThat(slack.webhookUrl().reveal()).isEqualTo(URL);
              assertThat(slack.timeout()).isEqualTo(Duration.ofSeconds(2));
              assertThat(slack.every()).isEqualTo(Duration.ofMillis(500));
            });
    Matchers high = new Matchers(AnyOf.of("high"), null, null, Map.of(), null);
    assertThat(config.routeOrAll())
        .isEqualTo(
            new RouteConfig(
                Matchers.ALL,
                List.of("screen"),
                false,
                List.of(new RouteConfig(high, List.of("ops", "screen"), true, List.of()))));
    assertThat(config.toString()).doesNotContain("T0PSECRET");
  }

  @Test
  void aFieldThatNoAlertHasIsFoundInTheOperatorsWords(@TempDir Path folder) throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "123456:ABC-DEF");
    String ops = "telegram: { token: { file: %s }, chat: \"-1\", text: \"{{sumary}}\" }";
    assertThatThrownBy(() -> read("receivers: { ops: { " + ops.formatted(token) + " } }"))
        .hasMessageContaining("text")
        .hasMessageContaining("{{sumary}}")
        .hasMessageContaining("known: acknowledged-by");
  }

  @Test
  void slackIsTheDefaultWhenItsAddressIsInTheEnvironment() {
    assertThat(NotifierConfig.byDefault(name -> null).receivers()).containsOnlyKeys("terminal");
    assertThat(NotifierConfig.byDefault(name -> " ").receivers()).containsOnlyKeys("terminal");
    assertThat(NotifierConfig.byDefault(Map.of("SLACK_WEBHOOK_URL", URL)::get).receivers())
        .containsOnlyKeys("slack");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.slack.com/T0PSECRET",
        "ftp://127.0.0.1/T0PSECRET",
        "T0PSECRET",
        "https://user:T0PSECRET@hooks.slack.com/",
        "https://hooks.slack.com/T0PSECRET with blanks",
        "http://localhost.evil.example/T0PSECRET"
      })
  void anAddressThatWouldGiveTheSecretAwayIsRefusedWithoutQuotingIt(String url) {
    assertThatThrownBy(() -> NotifierConfig.byDefault(name -> url))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("SLACK_WEBHOOK_URL")
        .hasMessageNotContaining("T0PSECRET")
        .hasNoCause();
  }

  @Test
  void everyKindOfReceiverTakesItsDefaults(@TempDir Path folder) throws Exception {
    // Given
    Path key = Files.writeString(folder.resolve("key"), "T0PSECRET00000000000000000000000");
    Path token = Files.writeString(folder.resolve("token"), "123456:T0PSECRET");

    // When
    NotifierConfig config =
        read(
            """
            webhook-hosts: [worker.example]
            receivers:
              restart: { webhook: { url: "https://worker.example/restart" } }
              on-call: { pagerduty: { routing-key: { file: %s } } }
              mail: { email: { host: mail.example, from: t@example.com, to: [o@example.com] } }
              phone: { telegram: { token: { file: %s }, chat: "-100123" } }
            """
                .formatted(key, token));

    // Then
    Duration fiveSeconds = Duration.ofSeconds(5);
    assertThat(config.webhookHosts()).containsExactly("worker.example");
    assertThat(config.receivers().get("restart"))
        .isEqualTo(
            new ReceiverConfig.Webhook(
                "https://worker.example/restart",
                List.of(Kind.FIRING, Kind.RESOLVED, Kind.BRIEF),
                null,
                Map.of(),
                null,
                false,
                fiveSeconds,
                Duration.ZERO));
    assertThat(config.receivers().get("on-call"))
        .isInstanceOfSatisfying(
            ReceiverConfig.PagerDuty.class,
            pagerDuty -> {
              assertThat(pagerDuty.severities())
                  .isEqualTo(new Urgency(Level.CRITICAL, Level.WARNING, Level.INFO));
              assertThat(pagerDuty.url())
                  .isEqualTo(URI.create("https://events.pagerduty.com/v2/enqueue"));
              assertThat(pagerDuty.timeout()).isEqualTo(fiveSeconds);
              assertThat(pagerDuty.every()).isEqualTo(Duration.ofMillis(500));
            });
    assertThat(config.receivers().get("mail"))
        .isEqualTo(
            new ReceiverConfig.Email(
                "mail.example",
                null,
                EmailSettings.Tls.STARTTLS,
                null,
                null,
                null,
                "t@example.com",
                List.of("o@example.com"),
                Duration.ofSeconds(15),
                Duration.ofSeconds(1),
                null));
    assertThat(config.receivers().get("phone"))
        .isInstanceOfSatisfying(
            ReceiverConfig.Telegram.class,
            telegram -> {
              assertThat(telegram.api()).isEqualTo(URI.create("https://api.telegram.org"));
              assertThat(telegram.timeout()).isEqualTo(fiveSeconds);
              assertThat(telegram.every()).isEqualTo(Duration.ofSeconds(3));
            });
    assertThat(config.toString()).doesNotContain("T0PSECRET");
  }

  @Test
  void aBotTakesItsDefaults(@TempDir Path folder) throws Exception {
    // Given
    Path token = Files.writeString(folder.resolve("token"), "xoxb-1-T0PSECRET");

    // When
    NotifierConfig config =
        read(
            "receivers: { ops: { slack-bot: { token: { file: %s }, channel: '#ops' } } }"
                .formatted(token));

    // Then
    assertThat(config.receivers().get("ops"))
        .isInstanceOfSatisfying(
            ReceiverConfig.SlackBot.class,
            bot -> {
              assertThat(bot.token().reveal()).isEqualTo("xoxb-1-T0PSECRET");
              assertThat(bot.channel()).isEqualTo("#ops");
              assertThat(bot.api()).isEqualTo(URI.create("https://slack.com/api"));
              assertThat(bot.timeout()).isEqualTo(Duration.ofSeconds(5));
              assertThat(bot.every()).isEqualTo(Duration.ofSeconds(1));
            });
    assertThat(config.toString()).doesNotContain("T0PSECRET");
  }

  @Test
  void whatIsNotSetIsLeftOutAndItsRoutesStay() {
    // When
    NotifierConfig config =
        read(
            """
            webhook-hosts: [127.0.0.1]
            receivers:
              screen: { terminal: {} }
              hook:
                if-set: { webhook: { url: "http://127.0.0.1/", headers: { X-A: { env: PATH } } } }
              on-call: { if-set: { pagerduty: { routing-key: { env: TOCSIN_NOT_SET } } } }
            route: { receivers: [screen], routes: [ { receivers: [on-call, hook] } ] }
            """);

    // Then
    assertThat(config.active()).containsOnlyKeys("screen", "hook");
    assertThat(config.active().get("hook")).isInstanceOf(ReceiverConfig.Webhook.class);
    assertThat(config.leftOut()).isEqualTo(Map.of("on-call", List.of("TOCSIN_NOT_SET")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slack-bot: { token: { env: TOCSIN_NOT_SET }, chanel: '#x' } | slack-bot.chanel: is no key here",
        "slack-bot: { token: { env: PATH }, channel: '#x' } | must hold a bot's token",
        "pagerduty: { routing-key: { file: /nowhere } } | /nowhere",
        "webhook: { url: 'https://other.example/', headers: { X: { env: PATH } } } | must hold other.example",
      })
  void whatIsWrongButForWhatIsNotSetIsStillAProblem(String receiver, String rule) {
    assertThatThrownBy(
            () ->
                read(
                    "receivers: { x: { if-set: { " + receiver + " } }, screen: { terminal: {} } }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(rule.strip())
        .hasMessageNotContaining(System.getenv("PATH"));
  }

  @Test
  void aNotifierThatTellsNobodyIsRefused() {
    assertThatThrownBy(
            () ->
                read(
                    "receivers: { a: { if-set: { pagerduty: { routing-key: { env: TOCSIN_NOT_SET } } } } }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must have one that is there whatever is set");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slack-bot: { token: { env: PATH }, channel: '#ops' } | must hold a bot's token",
        "slack-bot: { token: xoxb-T0PSECRET, channel: '#ops' } | must be { env: NAME } or { file: PATH }",
        "webhook: { url: 'https://other.example/' } | must hold other.example for the receiver x to call it",
        "webhook: { url: 'https://worker.example/{{sumary}}' } | is no field; known:",
        "webhook: { url: 'https://worker.example/', on: [ringing] } | must be one of firing, acknowledged, repeated, resolved, brief",
        "webhook: { url: 'https://worker.example/', headers: { Host: { env: PATH } } } | must be a header's name",
        "webhook: { url: 'https://worker.example/', signing-key: T0PSECRET } | must be { env: NAME } or { file: PATH }",
        "pagerduty: { routing-key: { env: PATH } } | must hold the 32 letters and digits",
        "telegram: { token: { env: PATH }, chat: '-1' } | must hold a bot's token",
        "email: { host: m, from: nobody, to: [a@b.example] } | from",
        "email: { host: m, from: a@b.example, to: [] } | must be 1 to 100 addresses",
        "email: { host: m, from: a@b.example, to: [a@b.example], timeout: 5m } | must be between 100ms and 1m",
      })
  void aReceiverThatCannotWorkIsRefusedByItsKey(String receiver, String rule) {
    assertThatThrownBy(
            () ->
                read("{ webhook-hosts: [worker.example], receivers: { x: { " + receiver + " } } }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(rule.strip())
        .hasMessageNotContaining("T0PSECRET")
        .hasMessageNotContaining(System.getenv("PATH"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "repeat: 10ms                                  | must be 0s or between 1s and 30d",
        "repeat: 31d                                   | route.repeat",
        "escalate: { after: 0s, to: b }                | route.escalate.after",
        "escalate: { after: 15m }                      | route.escalate.to: is missing",
        "escalate: [ { after: 15m, to: b, then: c } ]  | route.escalate[0].then",
        "escalate: { after: 15m, to: nobody }          | 'nobody' is no receiver of this file",
        "escalate: { after: 15m, to: a }               | route escalates to a, which it tells at once",
        "group-by: ['']                                | route.group-by",
        "group-by: [service], group-wait: 2d           | route.group-wait",
        "group-by: [service], group-interval: 0s       | route.group-interval",
        "group-interval: 5m                            | nothing to group-by",
        "routes: [ { group-wait: 5s } ]                | route.routes[0] has a group-wait",
        "group-by: [service], group-wait: 2m           | waits longer for a group than",
      })
  void whatARouteCannotDoIsRefusedByItsKey(String keys, String rule) {
    String yaml =
        "{ receivers: { a: { terminal: {} }, b: { terminal: {} } }, route: { receivers: [a], "
            + keys.strip()
            + " } }";
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(rule.strip());
  }

  @Test
  void everyProblemIsSaid(@TempDir Path folder) throws Exception {
    Path bad = Files.writeString(folder.resolve("bad"), "http://example.com/T0PSECRET");
    assertThatThrownBy(
            () ->
                read(
                    """
                    instance: Notifier One
                    receivers:
                      ops: { slack: { webhook-url: { file: %s }, timeout: 5s } }
                      other: { slak: {} }
                      third: { slack: { webhook-url: "https://x/T0PSECRET", timeout: 10m } }
                    """
                        .formatted(bad)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("receivers.ops.slack.webhook-url")
        .hasMessageContaining("receivers.other")
        .hasMessageContaining("must be one of slack,")
        .hasMessageContaining("must be { env: NAME } or { file: PATH }")
        .hasMessageNotContaining("T0PSECRET");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "receivers: {}",
        "{ receivers: { A: { terminal: {} } } }",
        "{ receivers: { a: { terminal: {} } }, instance: 'a/b' }",
        "{ receivers: { a: { terminal: {} } }, give-up-after: 8d }",
        "{ receivers: { a: { terminal: {} } }, storm: { over: 0 } }",
        "{ receivers: { a: { terminal: {} } }, storm: { within: 10ms } }",
        "{ receivers: { a: { terminal: {} } }, route: { receivers: [b] } }",
        "{ receivers: { a: { terminal: {} } }, route: { routes: [ { receivers: [a] } ] } }",
        "{ receivers: { a: { terminal: {} } }, route: { receivers: [a], routes: [ { receivers: [c] } ] } }",
      })
  void whatCannotWorkIsRefused(String yaml) {
    assertThatThrownBy(() -> read(yaml)).isInstanceOf(ConfigException.class);
  }
}
