package io.tocsin.notifier;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import io.tocsin.bootstrap.config.Secret;
import io.tocsin.notifier.email.EmailSettings;
import io.tocsin.notifier.http.ContractServer;
import io.tocsin.notifier.http.ContractServer.Call;
import io.tocsin.notifier.http.ContractServer.Reply;
import io.tocsin.notifier.pagerduty.Urgency;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.topics.Topics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * What is secret stays so, whatever goes wrong: every receiver has secrets of its own, and calls a
 * service that fails in every way it can and quotes all that it was sent.
 */
class NotifierSecretsTest extends NotifierFixture {

  /** A part of every secret, and of nothing else. */
  private static final String MARK = "Z9Q7";

  private static final Duration FIVE = Duration.ofSeconds(5);

  private final ContractServer hostile = new ContractServer(new Hostile()::answer);
  private final Logger root = (Logger) LoggerFactory.getLogger("ROOT");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private Level before;

  /** Quotes the whole request, with one status after the other. */
  private static final class Hostile {

    private final AtomicInteger calls = new AtomicInteger();

    Reply answer(Call call) {
      String quoted = call.path() + " " + call.headers() + " " + call.body();
      String json = quoted.replace("\\", "\\\\").replace("\"", "\\\"");
      String said =
          "{\"ok\":false,\"error\":\"%1$s\",\"description\":\"%1$s\",\"errors\":[\"%1$s\"]}"
              .formatted(json);
      return switch (calls.getAndIncrement() % 8) {
        case 0 -> Reply.of(200, said);
        case 1 -> Reply.of(503, quoted);
        case 2 -> Reply.of(302, quoted, "Location", call.path());
        case 3 -> Reply.of(400, said);
        case 4 -> new Reply.Break();
        case 5 -> Reply.of(401, said);
        case 6 -> Reply.of(429, quoted, "Retry-After", MARK);
        default -> Reply.of(200, quoted);
      };
    }
  }

  @BeforeEach
  void keepEveryLogLine() {
    before = root.getLevel();
    logged.start();
    root.addAppender(logged);
    root.setLevel(Level.DEBUG);
  }

  @AfterEach
  void stopKeeping() {
    root.setLevel(before);
    root.detachAppender(logged);
    hostile.close();
  }

  private static Secret secret(String value) {
    return Secret.of(value, "a test");
  }

  /** One of each kind, and some whose address itself makes trouble. */
  private Map<String, ReceiverConfig> receiversFullOfSecrets() {
    String address = hostile.uri("/services/" + MARK).toString();
    return Map.ofEntries(
        entry("slack", webhook(address)),
        entry("tls", webhook(address.replace("http:", "https:"))),
        entry("nowhere", webhook("https://nowhere.invalid/" + MARK)),
        entry("closed", webhook("http://127.0.0.1:1/" + MARK)),
        entry(
            "bot",
            new ReceiverConfig.SlackBot(
                secret("xoxb-" + MARK), "#ops", hostile.uri("/api"), FIVE, Duration.ZERO, null)),
        entry(
            "hook",
            new ReceiverConfig.Webhook(
                hostile.uri("/hook").toString(),
                List.of(Kind.values()),
                null,
                Map.of("Authorization", secret("Bearer " + MARK)),
                secret(MARK + " to sign with"),
                false,
                FIVE,
                Duration.ZERO)),
        entry(
            "duty",
            new ReceiverConfig.PagerDuty(
                secret(MARK.repeat(8)),
                new Urgency(Urgency.Level.CRITICAL, Urgency.Level.WARNING, Urgency.Level.INFO),
                hostile.uri("/duty"),
                FIVE,
                Duration.ZERO,
                null)),
        entry(
            "phone",
            new ReceiverConfig.Telegram(
                secret("1:" + MARK), "-1", hostile.uri("/"), FIVE, Duration.ZERO, null)),
        entry("mail", mail("127.0.0.1", 1)),
        entry("stranger", mail("127.0.0.1", hostile.uri("/").getPort())));
  }

  private static ReceiverConfig webhook(String address) {
    return new ReceiverConfig.Slack(secret(address), FIVE, Duration.ZERO, null);
  }

  private static ReceiverConfig mail(String host, int port) {
    return new ReceiverConfig.Email(
        host,
        port,
        EmailSettings.Tls.STARTTLS,
        null,
        "tocsin",
        secret(MARK),
        "t@example.com",
        List.of("o@example.com"),
        FIVE,
        Duration.ZERO,
        null);
  }

  @Test
  void theSecretShowsNowhere() throws Exception {
    // Given
    Map<String, ReceiverConfig> receivers = receiversFullOfSecrets();
    NotifierConfig config = config(receivers);
    NotifierService service = start(config, metrics);

    // When: every receiver has met trouble, and those that are answered every kind of it
    IntStream.range(0, 24).forEach(n -> topic.put(firing(n)));
    await()
        .atMost(LONG)
        .until(() -> inTrouble().size() == receivers.size() && hostile.calls().size() >= 40);
    String threads = threads(ThreadDumpFormat.TEXT_PLAIN) + threads(ThreadDumpFormat.JSON);
    service.close();

    // Then
    assertThat(hostile.calls().toString()).contains(MARK); // or nothing would have been tried
    StringBuilder all = new StringBuilder(threads).append(config).append(service);
    receivers.values().forEach(all::append);
    List.copyOf(logged.list).forEach(event -> all.append(written(event)));
    all.append(new String(metrics.text(), StandardCharsets.UTF_8));
    for (String name : List.of(Topics.DELIVERIES, Topics.DEAD_LETTERS, Topics.LOGS)) {
      topic.all(name).forEach(r -> all.append(new String(r.value(), StandardCharsets.UTF_8)));
    }
    assertThat(all).contains("receiver fails", "given up", "bad_request", "redirected");
    assertThat(around(all)).isEmpty();
  }

  /** Who has complained of a receiver, by the receiver's name. */
  private Set<Object> inTrouble() {
    return List.copyOf(logged.list).stream()
        .filter(event -> event.getMessage().matches("receiver fails.*|.*given up"))
        .map(event -> event.getKeyValuePairs().getFirst().value)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** All that an appender could write of an event. */
  private static String written(ILoggingEvent event) {
    return event.getFormattedMessage()
        + event.getKeyValuePairs()
        + event.getMDCPropertyMap()
        + (event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy()))
        + "\n";
  }

  private String threads(ThreadDumpFormat format) throws IOException {
    Path file = data.resolve("threads-" + format);
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(file.toString(), format);
    return Files.readString(file);
  }

  /** Where the mark stands, with what is near it; a whole run's log is too long to be shown. */
  private static String around(StringBuilder all) {
    int at = all.indexOf(MARK);
    return at < 0 ? "" : all.substring(Math.max(0, at - 300), Math.min(all.length(), at + 100));
  }
}
