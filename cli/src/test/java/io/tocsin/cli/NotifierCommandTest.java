package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotifierCommandTest {

  private static final String KEY = "0123456789abcdef0123456789ABCDEF";

  private static final String NOTIFIER =
      """
      webhook-hosts: [127.0.0.1]
      receivers:
        ops-slack: { slack: { webhook-url: { file: FOLDER/slack } } }
        ops-bot: { slack-bot: { token: { file: FOLDER/bot }, channel: "#ops" } }
        on-call: { pagerduty: { routing-key: { file: FOLDER/key } } }
        support:
          email:
            host: smtp.example.com
            username: tocsin
            password: { file: FOLDER/key }
            from: Tocsin <tocsin@example.com>
            to: [support@example.com]
        night: { telegram: { token: { file: FOLDER/token }, chat: "-1" } }
        restart:
          webhook:
            url: "http://127.0.0.1:PORT/units/{{group.service}}"
            on: [firing]
            headers: { Authorization: { file: FOLDER/key } }
            signing-key: { file: FOLDER/key }
        screen: { terminal: {} }
      route:
        receivers: [screen]
        routes:
          - match: { severity: high }
            receivers: [ops-slack, on-call]
            routes:
              - match: { service: worker }
                receivers: [restart]
          - match:
              service: [ui, "web-*"]
              hours: { from: "09:00", to: "18:00", zone: Europe/Istanbul }
            receivers: [support]
      """;

  @TempDir private Path folder;
  private String config = "";

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(folder.resolve("slack"), "https://hooks.slack.com/services/T0/B0/" + KEY);
    Files.writeString(folder.resolve("key"), KEY + "\n");
    Files.writeString(folder.resolve("bot"), "xoxb-" + KEY);
    Files.writeString(folder.resolve("token"), "123456:" + KEY);
    config = file("notifier.yaml", filled(NOTIFIER, 1));
  }

  @Test
  void aGoodFileIsCountedAndWhoIsNeverToldIsNamed() {
    // When
    Invocation validate = Invocation.of("notifier", "validate", "--config", config);
    // Then
    assertThat(validate.status()).as(validate.err()).isZero();
    assertThat(validate.out())
        .contains("notifier.yaml: good, 7 receivers", "no route leads to night")
        .doesNotContain("leads to screen");
  }

  @Test
  void theSectionOfTheServicesFileWillDo() throws IOException {
    // Given: the rest is another service's, and its secret is not here
    String services =
        "kafka: { sasl.jaas.config: { file: /nowhere } }\nnotifier:\n"
            + filled(NOTIFIER, 1).indent(2);
    // When
    Invocation validate =
        Invocation.of("notifier", "validate", "--config", file("tocsin.yaml", services));
    // Then
    assertThat(validate.status()).as(validate.err()).isZero();
  }

  @Test
  void everyProblemIsToldWithItsLine() throws IOException {
    // Given
    String broken =
        filled(NOTIFIER, 1).replace("FOLDER/token", "x").replace("chat: \"-1\"", "chat: me");
    String noSecret = broken.replace(folder.resolve("slack").toString(), "/nowhere");
    // When
    Invocation validate =
        Invocation.of("notifier", "validate", "--config", file("broken.yaml", noSecret));
    // Then
    assertThat(validate.status()).isEqualTo(2);
    assertThat(validate.err())
        .contains("broken.yaml:3", "/nowhere", "broken.yaml:13", "chat", "2 problems")
        .doesNotContain("Exception", KEY);
  }

  @Test
  void aFileOfSomethingElseIsCalledThat() throws IOException {
    // When
    Invocation validate =
        Invocation.of("notifier", "validate", "--config", file("other.yaml", "sources: []\n"));
    // Then
    assertThat(validate.status()).isEqualTo(2);
    assertThat(validate.err()).contains("other.yaml says nothing of a notifier");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "service=api,severity=high    | 2026-01-14T10:00:00Z | ops-slack, on-call",
        "service=worker,severity=high | 2026-01-14T10:00:00Z | restart",
        "service=web-1,severity=low   | 2026-01-14T10:00:00Z | support",
        "service=web-1,severity=low   | 2026-01-17T10:00:00Z | screen",
        "rule=r                       | 2026-01-14T10:00:00Z | screen",
      })
  void theRoutesSayWhoIsTold(String labels, String at, String told) {
    // When
    Invocation test = routes("--labels", labels, "--at", at);
    // Then
    assertThat(test.status()).as(test.err()).isZero();
    assertThat(test.out().lines().toList()).last().isEqualTo("told: " + told);
  }

  @Test
  void theRoutesSayWhyAndWhereThatStands() {
    // When
    Invocation test = routes("--labels", "service=ui,severity=low", "--at", "2026-01-17T10:00:00Z");
    // Then
    assertThat(test.out().lines().map(line -> line.replace(folder + "/", "").strip()))
        .containsExactly(
            "at 2026-01-17T10:00:00Z",
            "notifier.yaml:24  route.routes[0]: no, severity is low, not high",
            "notifier.yaml:29  route.routes[1]: no, outside of 09:00 to 18:00 (Europe/Istanbul)",
            "notifier.yaml:22  route: tells screen",
            "told: screen");
  }

  @Test
  void whoAsksTheRoutesNeedsNoSecrets() throws IOException {
    // Given
    Files.delete(folder.resolve("slack"));
    Files.delete(folder.resolve("key"));
    // When
    Invocation test = routes("--labels", "service=api,severity=high");
    // Then
    assertThat(test.status()).as(test.err()).isZero();
    assertThat(test.out()).contains("told: ops-slack, on-call");
  }

  @Test
  void whatIsToldLaterAgainOrTogetherIsShown() throws IOException {
    // Given
    config =
        file(
            "later.yaml",
            """
            receivers: { ops: { terminal: {} }, lead: { terminal: {} } }
            route:
              receivers: [ops]
              repeat: 4h
              escalate: { after: 15m, to: lead }
              group-by: [service]
            """);
    // When
    Invocation test = routes("--labels", "service=api", "--expect", "ops");
    // Then
    assertThat(test.status()).as(test.err()).isZero();
    assertThat(test.out().lines().toList())
        .endsWith(
            "told: ops",
            "  ops: again every 4h while nobody acknowledges it; together with others of"
                + " service=api, if people read it: the first after 0s, then every 1m",
            "  lead: after 15m while nobody acknowledges it; again every 4h while nobody"
                + " acknowledges it; together with others of service=api, if people read it: the"
                + " first after 0s, then every 1m");
  }

  @Test
  void withoutARouteEverybodyIsTold() throws IOException {
    // Given
    config = file("all.yaml", "receivers:\n  b: { terminal: {} }\n  a: { terminal: {} }\n");
    // When
    Invocation test = routes("--labels", "rule=r");
    // Then
    assertThat(test.out()).contains("told: a, b");
  }

  @Test
  void aRouteToNobodyKnownIsTold() throws IOException {
    // Given
    config = file("typo.yaml", filled(NOTIFIER, 1).replace("[restart]", "[restrat]"));
    // When
    Invocation test = routes("--labels", "rule=r");
    // Then
    assertThat(test.status()).isEqualTo(2);
    assertThat(test.err()).contains("typo.yaml:22", "route: 'restrat' is no receiver of this file");
  }

  @Test
  void anExpectationThatFailsIsStatusOne() {
    // When
    Invocation met =
        routes("--labels", "service=api,severity=high", "--expect", "on-call,ops-slack");
    Invocation missed = routes("--labels", "service=api,severity=low", "--expect", "on-call");
    // Then
    assertThat(met.status()).isZero();
    assertThat(missed.status()).isEqualTo(1);
    assertThat(missed.err()).contains("expected: on-call");
  }

  @ParameterizedTest
  @ValueSource(strings = {"severity=urgent", "service"})
  void labelsThatCannotBeAreRefused(String labels) {
    // When
    Invocation test = routes("--labels", labels);
    // Then
    assertThat(test.status()).isEqualTo(2);
    assertThat(test.err()).contains(labels.replace("severity=", "")).doesNotContain("at java.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ops-slack | POST (secret from file                  | blocks",
        "ops-bot   | POST https://slack.com/api/chat.postMessage | Authorization: Bearer (secret from file",
        "on-call   | POST https://events.pagerduty.com       | \"event_action\":\"trigger\"",
        "support   | smtp.example.com:587 (starttls)         | Subject: [firing] high r",
        "night     | POST https://api.telegram.org/bot(secret | reply_parameters",
        "restart   | POST http://127.0.0.1:1/units/api       | Authorization: (secret from file",
        "screen    | FIRING   high  r                        | seven errors",
      })
  void whatWouldBeSentIsPrintedWithoutItsSecrets(String receiver, String head, String part)
      throws IOException {
    // When
    Invocation preview = preview(receiver, alert(Alert.Status.FIRING));
    // Then
    assertThat(preview.status()).as(preview.err()).isZero();
    assertThat(preview.out()).startsWith(head).doesNotContain(KEY);
    if (!receiver.equals("night")) {
      assertThat(preview.out()).contains(part);
    }
  }

  @Test
  void aResolveByABotIsShownAsTheUpdateThatItIs() throws IOException {
    // When
    Invocation preview = preview("ops-bot", alert(Alert.Status.RESOLVED));
    // Then
    assertThat(preview.out())
        .startsWith("POST https://slack.com/api/chat.update")
        .contains("\"ts\":\"1700000000.000100\"", "resolved")
        .doesNotContain(KEY);
  }

  @Test
  void aReceiverThatIsLeftOutIsSaidToBe() throws IOException {
    // Given
    String optional =
        """
        receivers:
          screen: { terminal: {} }
          on-call: { if-set: { pagerduty: { routing-key: { env: TOCSIN_NOT_SET } } } }
        """;
    config = file("optional.yaml", optional);
    // When
    Invocation validate = Invocation.of("notifier", "validate", "--config", config);
    Invocation preview = preview("on-call", alert(Alert.Status.FIRING));
    // Then
    assertThat(validate.out())
        .contains("good, 2 receivers", "on-call is left out here, without TOCSIN_NOT_SET");
    assertThat(preview.status()).isEqualTo(2);
    assertThat(preview.err()).contains("on-call is left out: TOCSIN_NOT_SET not set");
  }

  @Test
  void whatWasOverBeforeItCouldBeToldIsTwoCallsToPagerDuty() throws IOException {
    // When
    Invocation preview = preview("on-call", alert(Alert.Status.RESOLVED), "--brief");
    // Then
    assertThat(preview.out()).contains("\"trigger\"", "\"resolve\"");
  }

  @Test
  void whatAWebhookLeavesOutIsSaid() throws IOException {
    // When
    Invocation preview = preview("restart", alert(Alert.Status.RESOLVED));
    // Then
    assertThat(preview.out()).contains("restart is told nothing of this kind: resolved");
  }

  @Test
  void aReceiverThatIsNotThereIsToldWithThoseThatAre() throws IOException {
    // When
    Invocation preview = preview("nobody", alert(Alert.Status.FIRING));
    // Then
    assertThat(preview.status()).isEqualTo(2);
    assertThat(preview.err())
        .contains("nobody is no receiver", "night, on-call, ops-bot, ops-slack");
  }

  @Test
  void whatIsNoAlertIsRefused() throws IOException {
    // When
    Invocation preview = preview("screen", file("alert.json", "{\"rule\": 1}"));
    // Then
    assertThat(preview.status()).isEqualTo(2);
    assertThat(preview.err()).contains("alert.json holds no alert").doesNotContain("at java.");
  }

  @Test
  void aTestIsSentMarkedAndOverAtOnce() throws IOException {
    try (Program program = new Program(200)) {
      // Given
      String both = filled(NOTIFIER, program.port()).replace("on: [firing]", "");
      String file = file("live.yaml", both);
      // When
      Invocation dry =
          Invocation.of(
              "notifier", "send-test", "--config", file, "--receiver", "restart", "--dry-run");
      List<String> before = List.copyOf(program.bodies);
      Invocation sent =
          Invocation.of("notifier", "send-test", "--config", file, "--receiver", "restart");
      // Then
      assertThat(dry.status()).isZero();
      assertThat(dry.out()).contains("/units/tocsin-test", "\"kind\":\"resolved\"");
      assertThat(before).isEmpty();
      assertThat(sent.status()).as(sent.err()).isZero();
      assertThat(sent.out()).contains("restart: firing taken", "restart: resolved taken");
      assertThat(program.bodies).hasSize(2);
      assertThat(program.bodies.getFirst()).contains("TEST", "\"kind\":\"firing\"");
      assertThat(program.bodies.getLast()).contains("TEST", "\"kind\":\"resolved\"");
    }
  }

  @ParameterizedTest
  @CsvSource({"403, refused: forbidden", "503, not taken: server_error"})
  void aTestThatIsNotTakenIsStatusOne(int status, String why) throws IOException {
    try (Program program = new Program(status)) {
      // Given
      String file = file("live.yaml", filled(NOTIFIER, program.port()));
      // When
      Invocation sent =
          Invocation.of("notifier", "send-test", "--config", file, "--receiver", "restart");
      // Then
      assertThat(sent.status()).isEqualTo(1);
      assertThat(sent.err()).contains("restart: firing " + why).doesNotContain(KEY);
      assertThat(program.bodies).hasSize(1);
    }
  }

  private Invocation routes(String... arguments) {
    String[] all = {"notifier", "routes", "test", "--config", config};
    String[] line = java.util.Arrays.copyOf(all, all.length + arguments.length);
    System.arraycopy(arguments, 0, line, all.length, arguments.length);
    return Invocation.of(line);
  }

  private Invocation preview(String receiver, String alert, String... more) {
    List<String> line =
        new java.util.ArrayList<>(
            List.of("notifier", "preview", "--config", config, "--receiver", receiver));
    line.addAll(List.of("--alert", alert));
    line.addAll(List.of(more));
    return Invocation.of(line.toArray(String[]::new));
  }

  private String filled(String yaml, int port) {
    return yaml.replace("FOLDER", folder.toString()).replace("PORT", Integer.toString(port));
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private String alert(Alert.Status status) throws IOException {
    Instant start = Instant.parse("2025-12-10T12:00:04Z");
    boolean over = status == Alert.Status.RESOLVED;
    Alert alert =
        new Alert(
            "f",
            "f@1",
            "r",
            1,
            Alert.Severity.HIGH,
            status,
            start,
            Map.of("service", "api"),
            start,
            over ? start.plusSeconds(60) : null,
            7,
            5,
            "1m",
            "seven errors",
            Map.of(),
            Map.of(),
            List.of(),
            null);
    Path file = folder.resolve("alert.json");
    Files.write(file, EventCodec.encode(alert));
    return file.toString();
  }

  /** A program that is called, and answers with one status. */
  private static final class Program implements AutoCloseable {

    final List<String> bodies = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    Program(int status) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            bodies.add(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      server.start();
    }

    int port() {
      return server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
