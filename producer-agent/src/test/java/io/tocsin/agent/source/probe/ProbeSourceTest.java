package io.tocsin.agent.source.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.Telemetry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against servers on this machine. The names asserted here are those that the rules Tocsin ships
 * with read (default-pack.yaml): service-down and redis-down read {@code kind probe}, {@code
 * service}, {@code device} and {@code values.ok}, certificate-expires {@code
 * values.certificate_days}, database-connections {@code values.database_connections}.
 */
@Timeout(120)
class ProbeSourceTest {

  private final Probes probes = new Probes();

  @Test
  void aServerThatAnswersIsWell() throws Exception {
    // Given
    try (Web web = new Web(200)) {

      // When
      probes.probe("api-health", "api", "url: '" + web.url() + "/health?deep=1'").checkOnce();

      // Then: service-down reads these
      Telemetry told = probes.drafts.telemetry.getFirst();
      assertThat(told.kind()).isEqualTo("probe");
      assertThat(told.service()).isEqualTo("api");
      assertThat(told.device()).isEqualTo("api-health");
      assertThat(told.ts()).isEqualTo(Probes.NOW);
      assertThat(told.values()).containsOnlyKeys("ok", "response_ms").containsEntry("ok", 1);
      assertThat((double) told.values().get("response_ms")).isBetween(0.0, 5000.0);
      assertThat(told.meta()).containsEntry("detail", "HTTP 200");
      assertThat(web.asked).containsExactly("/health?deep=1");
      assertThat(probes.drafts.logs).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "204, '', 1",
    "302, '', 1",
    "404, '', 0",
    "500, '', 0",
    "503, ', status: 503', 1",
    "200, ', status: 204', 0",
  })
  void aStatusIsWellOrNot(int status, String more, int ok) throws Exception {
    try (Web web = new Web(status)) {
      // When
      probes.probe("api", "api", "url: '" + web.url() + "'" + more).checkOnce();

      // Then
      assertThat(probes.drafts.telemetry.getFirst().values())
          .containsEntry("ok", ok)
          .containsKey("response_ms");
    }
  }

  @Test
  void aPortThatNobodyListensOnIsRefused() throws Exception {
    // Given
    int port;
    try (ServerSocket once = listen()) {
      port = once.getLocalPort();
    }

    // When
    probes.probe("db", "postgres", "tcp: '127.0.0.1:" + port + "'").checkOnce();

    // Then: no answer, no time
    assertThat(probes.drafts.telemetry.getFirst().values()).isEqualTo(Map.of("ok", 0));
    assertThat(probes.drafts.telemetry.getFirst().meta()).containsEntry("reason", "refused");
    assertThat(new String(probes.metrics.text(), US_ASCII))
        .contains("tocsin_agent_probe_checks_total{probe=\"db\",result=\"refused\"} 1.0");
  }

  @Test
  void aPortThatSomebodyListensOnIsWell() throws Exception {
    try (ServerSocket server = listen()) {
      // When
      probes.probe("db", "postgres", "tcp: '127.0.0.1:" + server.getLocalPort() + "'").checkOnce();

      // Then
      assertThat(probes.drafts.telemetry.getFirst().values())
          .containsEntry("ok", 1)
          .containsKey("response_ms");
    }
  }

  @Test
  void aNameThatDoesNotExistIsNoAddress() throws Exception {
    // When
    probes.probe("x", "x", "tcp: 'no-such-host.invalid:80', timeout: 30s").checkOnce();

    // Then
    assertThat(probes.drafts.telemetry.getFirst().meta()).containsEntry("reason", "unknown_host");
  }

  @ParameterizedTest
  @CsvSource({
    "200 OK, answer is not HTTP",
    "SSH-2.0-OpenSSH_9.2, answer is not HTTP",
    "'', connection ended before an answer"
  })
  void whatIsNoWebServerIsNotWell(String says, String detail) throws Exception {
    try (Peer peer = new Peer(line -> says.isEmpty() ? null : says + "\r\n")) {
      // When
      probes.probe("api", "api", "url: 'http://127.0.0.1:" + peer.port() + "'").checkOnce();

      // Then
      assertThat(probes.drafts.telemetry.getFirst().values()).containsEntry("ok", 0);
      assertThat(probes.drafts.telemetry.getFirst().meta())
          .containsEntry("reason", "io")
          .extractingByKey("detail")
          .asString()
          .contains(detail);
    }
  }

  @Test
  void aServerThatSendsAByteNowAndThenTimesOut() throws Exception {
    // Given: no single read ever times out
    try (ServerSocket server = listen()) {
      Thread.ofPlatform().daemon().start(() -> dripForEver(server));
      long began = System.nanoTime();

      // When
      probes
          .probe(
              "api", "api", "url: 'http://127.0.0.1:" + server.getLocalPort() + "', timeout: 400ms")
          .checkOnce();

      // Then
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
      assertThat(probes.drafts.telemetry.getFirst().values()).isEqualTo(Map.of("ok", 0));
      assertThat(probes.drafts.telemetry.getFirst().meta()).containsEntry("reason", "timeout");
    }
  }

  @Test
  void aRedisThatSaysPongIsWell() throws Exception {
    try (Peer redis = new Peer(line -> line.equals("PING") ? "+PONG\r\n" : "")) {
      // When
      probes.probe("redis-ping", "redis", "redis: '127.0.0.1:" + redis.port() + "'").checkOnce();

      // Then: redis-down reads these
      Telemetry told = probes.drafts.telemetry.getFirst();
      assertThat(told.service()).isEqualTo("redis");
      assertThat(told.kind()).isEqualTo("probe");
      assertThat(told.values()).containsEntry("ok", 1).containsKey("response_ms");
    }
  }

  @Test
  void aRedisThatWantsAPasswordIsNotWellWithoutIt(@TempDir Path dir) throws Exception {
    // Given
    Path file = Files.writeString(dir.resolve("password"), "geheim\n");
    Peer.Answers answers =
        line ->
            switch (line) {
              case "geheim" -> "+OK\r\n";
              case "PING" -> "-NOAUTH Authentication required.\r\n";
              default -> "";
            };
    try (Peer redis = new Peer(answers)) {
      String keys = "redis: '127.0.0.1:" + redis.port() + "'";

      // When
      probes.probe("without", "redis", keys).checkOnce();
      probes.probe("with", "redis", keys + ", password: { file: '" + file + "' }").checkOnce();

      // Then
      assertThat(probes.drafts.telemetry)
          .extracting(told -> told.meta().get("detail"))
          .allMatch(detail -> detail.equals("PING: -NOAUTH Authentication required."));
      assertThat(redis.heard).contains("AUTH", "geheim");
      assertThat(probes.drafts.telemetry.toString()).doesNotContain("geheim");
    }
  }

  @Test
  void aCommandGivesValues() throws Exception {
    // When
    probes
        .probe(
            "orders-db",
            "postgres",
            "command: [sh, -c, 'echo database_connections=42; echo lag = 0.5; echo ok=7; echo hi']")
        .checkOnce();

    // Then: database-connections reads the first; nobody overrules ok
    assertThat(probes.drafts.telemetry.getFirst().values())
        .containsEntry("database_connections", 42L)
        .containsEntry("lag", 0.5)
        .containsEntry("ok", 1)
        .containsKey("response_ms")
        .hasSize(4);
  }

  @Test
  void aCommandThatFailsSaysWhy() throws Exception {
    // When
    probes.probe("x", "x", "command: [sh, -c, 'echo no disk >&2; exit 3']").checkOnce();
    probes.probe("y", "y", "command: [/no/such/program]").checkOnce();

    // Then
    assertThat(probes.drafts.telemetry)
        .extracting(told -> told.values().get("ok"), told -> told.meta().get("reason"))
        .containsExactly(tuple(0, "answer"), tuple(0, "io"));
    assertThat(probes.drafts.telemetry.getFirst().meta())
        .containsEntry("detail", "exit code 3: no disk");
  }

  @Test
  void aCommandThatHangsIsKilledWithItsChildren(@TempDir Path dir) throws Exception {
    // Given
    Path pids = dir.resolve("pids");
    String script = "sleep 300 & echo $$ $! > " + pids + "; wait";

    // When
    probes.probe("x", "x", "command: [sh, -c, '" + script + "'], timeout: 2s").checkOnce();

    // Then
    assertThat(probes.drafts.telemetry.getFirst().meta()).containsEntry("reason", "timeout");
    List<String> both = List.of(Files.readString(pids).strip().split(" "));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(both)
                    .noneMatch(
                        pid ->
                            ProcessHandle.of(Long.parseLong(pid))
                                .filter(ProcessHandle::isAlive)
                                .isPresent()));
  }

  @Test
  void aCommandWhoseChildLivesOnIsNotWaitedFor() throws Exception {
    // When: the child keeps the pipe open
    probes.probe("x", "x", "command: [sh, -c, 'sleep 20 & echo jobs=1'], timeout: 15s").checkOnce();

    // Then
    assertThat(probes.drafts.telemetry.getFirst().values())
        .containsEntry("ok", 1)
        .containsEntry("jobs", 1L);
  }

  @Test
  void changesAreEventsAndSteadyStatesAreNot() throws Exception {
    // Given
    AtomicInteger status = new AtomicInteger(200);
    try (Web web = new Web(status)) {
      ProbeSource probe = probes.probe("api-health", "api", "url: '" + web.url() + "'");

      // When
      for (int each : new int[] {200, 200, 500, 500, 200}) {
        status.set(each);
        probe.checkOnce();
      }

      // Then: no ERROR, which api-error-burst would count as one of the service's own
      assertThat(probes.drafts.logs)
          .extracting(LogEvent::event, LogEvent::level, LogEvent::service)
          .containsExactly(
              tuple("probe_failed", Level.WARNING, "api"),
              tuple("probe_recovered", Level.INFO, "api"));
      assertThat(probes.drafts.logs.getFirst().meta())
          .containsEntry("device", "api-health")
          .containsEntry("reason", "answer");
      assertThat(probe.status().records()).isEqualTo(5);
    }
  }

  @Test
  void aProbeThatHangsDoesNotHoldUpAnother() throws Exception {
    // Given: a server that takes connections and never answers, and one that answers
    try (ServerSocket silent = listen();
        Web web = new Web(200)) {
      ProbeSource hanging =
          probes.probe(
              "hanging",
              "x",
              "url: 'http://127.0.0.1:" + silent.getLocalPort() + "', every: 1s, timeout: 5m");
      ProbeSource healthy = probes.probe("healthy", "api", "url: '" + web.url() + "', every: 1s");

      // When
      hanging.start();
      healthy.start();

      // Then
      await().atMost(Duration.ofSeconds(60)).until(() -> healthy.status().records() >= 3);
      assertThat(hanging.status().records()).isZero();
      long began = System.nanoTime();
      hanging.close();
      healthy.close();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static void dripForEver(ServerSocket server) {
    try (Socket socket = server.accept()) {
      InputStream in = socket.getInputStream();
      socket.setSoTimeout(20);
      for (byte each : "HTTP/1.1 200 ".repeat(1000).getBytes(US_ASCII)) {
        socket.getOutputStream().write(each);
        try {
          while (in.read() >= 0) {}
        } catch (SocketTimeoutException e) {
          // Twenty milliseconds have passed.
        }
      }
    } catch (IOException e) {
      return; // the probe hung up
    }
  }

  /** A web server that gives one status. */
  private static final class Web implements AutoCloseable {

    final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    Web(int status) throws IOException {
      this(new AtomicInteger(status));
    }

    Web(AtomicInteger status) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
