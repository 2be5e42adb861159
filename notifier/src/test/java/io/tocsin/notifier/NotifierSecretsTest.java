package io.tocsin.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.sun.management.HotSpotDiagnosticMXBean;
import io.tocsin.bootstrap.config.Secret;
import io.tocsin.notifier.email.EmailSettings;
import io.tocsin.notifier.http.ContractServer.Reply;
import io.tocsin.notifier.pagerduty.Urgency;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.topics.Topics;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is secret stays so, whatever goes wrong. */
class NotifierSecretsTest extends NotifierFixture {

  /** One of each kind, all calling a service that wants something else. */
  private Map<String, ReceiverConfig> receiversFullOfSecrets() {
    Secret secret = Secret.of(SlackServer.SECRET, "a test");
    Duration five = Duration.ofSeconds(5);
    return Map.of(
        "slack",
        slack.receiver(),
        "hook",
        new ReceiverConfig.Webhook(
            slack.http.uri("/hook").toString(),
            List.of(Kind.values()),
            null,
            Map.of("Authorization", secret),
            secret,
            false,
            five,
            Duration.ZERO),
        "duty",
        new ReceiverConfig.PagerDuty(
            Secret.of(SlackServer.SECRET + "0".repeat(23), "a test"),
            new Urgency(Urgency.Level.CRITICAL, Urgency.Level.WARNING, Urgency.Level.INFO),
            slack.http.uri("/duty"),
            five,
            Duration.ZERO),
        "phone",
        new ReceiverConfig.Telegram(
            Secret.of("1:" + SlackServer.SECRET, "a test"),
            "-1",
            slack.http.uri("/"),
            five,
            Duration.ZERO),
        "mail",
        new ReceiverConfig.Email(
            "127.0.0.1",
            1,
            EmailSettings.Tls.STARTTLS,
            null,
            "tocsin",
            secret,
            "t@example.com",
            List.of("o@example.com"),
            five,
            Duration.ZERO));
  }

  @Test
  void theSecretShowsNowhere() throws Exception {
    // Given: everything goes wrong that can, and every log line is kept
    Logger root = (Logger) LoggerFactory.getLogger("ROOT");
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    root.addAppender(logged);
    Level before = root.getLevel();
    root.setLevel(Level.DEBUG);
    slack.http.next(
        new Reply.Break(),
        Reply.of(500, SlackServer.SECRET),
        Reply.of(302, "", "Location", slack.url()),
        Reply.of(404, "no_service " + SlackServer.SECRET));
    NotifierConfig config = config(receiversFullOfSecrets());
    NotifierService service = start(config, metrics);

    // When: four kinds of receivers get no further than their first trouble
    topic.put(firing(1), firing(2), firing(3), firing(4), firing(5));
    awaitTold(1);
    await()
        .atMost(LONG)
        .until(
            () ->
                List.copyOf(logged.list).stream()
                        .filter(event -> event.getMessage().matches("receiver fails.*|.*given up"))
                        .map(event -> event.getKeyValuePairs().getFirst().value)
                        .distinct()
                        .count()
                    >= 4);
    Path threads = data.resolve("threads.txt");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(threads.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
    service.close();
    root.setLevel(before);
    root.detachAppender(logged);

    // Then
    StringBuilder all = new StringBuilder().append(config).append(service);
    List.copyOf(logged.list)
        .forEach(
            event ->
                all.append(event.getFormattedMessage())
                    .append(event.getKeyValuePairs())
                    .append(
                        event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy()))
                    .append('\n'));
    all.append(new String(metrics.text(), StandardCharsets.UTF_8));
    all.append(Files.readString(threads));
    for (String name : List.of(Topics.DELIVERIES, Topics.DEAD_LETTERS, Topics.LOGS)) {
      topic.all(name).forEach(r -> all.append(new String(r.value(), StandardCharsets.UTF_8)));
    }
    assertThat(all).contains("receiver fails", "given up").doesNotContain(SlackServer.SECRET);
  }
}
