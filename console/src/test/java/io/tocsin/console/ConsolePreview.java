package io.tocsin.console;

import io.tocsin.bootstrap.Metrics;
import io.tocsin.bootstrap.Readiness;
import io.tocsin.bootstrap.Service;
import io.tocsin.bootstrap.config.ConfigReader;
import io.tocsin.bootstrap.http.HttpServer;
import io.tocsin.bootstrap.http.OpsRoutes;
import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.ServiceHealth;
import io.tocsin.event.Telemetry;
import io.tocsin.event.Timestamps;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.event.ack.AcknowledgementCodec;
import io.tocsin.event.silence.AlertMatch;
import io.tocsin.event.silence.Schedule;
import io.tocsin.event.silence.Silence;
import io.tocsin.event.silence.SilenceCodec;
import io.tocsin.topics.Topics;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The page with sample data, to be looked at: run it, open the address that it prints. An argument
 * names the port; with {@code empty} after it there is no data at all.
 */
public final class ConsolePreview {

  private static final String[] SERVICES = {"api", "worker", "ui", "charger"};
  private static final String[] ERRORS = {
    "upstream timed out after 5000 ms while reading the response of payments.internal",
    "could not write session 4711: connection to 10.0.4.17:5432 refused",
    "worker restarted: heartbeat lost for 32 s\n  at scheduler.run(scheduler.py:118)",
    "/dev/ttyUSB0 went away: read returned -1",
  };

  private final Servers servers;
  private final Instant now = Instant.now();

  private ConsolePreview(Servers servers) {
    this.servers = servers;
  }

  private record Part(String name, Readiness readiness) implements Service {
    @Override
    public void start() {}

    @Override
    public void close() {}
  }

  /** Runs until it is killed, writing a record now and then. */
  public static void main(String[] args) throws InterruptedException {
    Servers servers = new Servers();
    ConsolePreview preview = new ConsolePreview(servers);
    boolean empty = args.length > 1 && args[1].equals("empty");
    if (!empty) {
      preview.fill();
    }
    HttpServer http = HttpServer.listen("127.0.0.1", Integer.parseInt(args[0]));
    Metrics metrics = new Metrics();
    List<Service> platform = new ArrayList<>();
    ConsoleService console =
        new ConsoleService(
            ConfigReader.read("preview", "{}", ConsoleConfig.class),
            servers.kafka(),
            servers.openSearch(),
            http,
            metrics,
            Clock.systemUTC(),
            () -> platform);
    platform.add(new Part("agent", Readiness.ok()));
    platform.add(new Part("alerting", Readiness.ok()));
    platform.add(new Part("indexer", Readiness.waitingFor("OpenSearch")));
    platform.add(console);
    OpsRoutes.addTo(http, metrics, () -> List.of(console));
    console.start();
    System.out.println("ready: " + http.uri());
    while (!empty && !new CountDownLatch(1).await(1, java.util.concurrent.TimeUnit.SECONDS)) {
      servers.send(Topics.TELEMETRY, "charger-01", EventCodec.encode(preview.stat(0)));
      Samples.sendLog(
          servers, "api", Level.INFO, "GET /health 200 in 3 ms", "live/" + Instant.now());
    }
  }

  private void fill() {
    alerts();
    silences();
    Samples.sendHealth(servers, "api", ServiceHealth.Status.DEGRADED, ago(130));
    Samples.sendHealth(servers, "worker", ServiceHealth.Status.FAILED, ago(3_700));
    Samples.sendHealth(servers, "ui", ServiceHealth.Status.OK, ago(86_400 * 3));
    Samples.sendHealth(servers, "charger", ServiceHealth.Status.OK, ago(7_300));
    Samples.sendHealth(servers, "redis", ServiceHealth.Status.UNKNOWN, ago(20));
    Map<String, String> logs = new LinkedHashMap<>();
    for (int i = 0; i < 60; i++) {
      Level level = i % 3 == 0 ? Level.ERROR : i % 7 == 0 ? Level.WARNING : Level.INFO;
      String id = "edge-01/api/1/" + i;
      logs.put(id, text(EventCodec.encode(log(i, i == 6 ? Level.CRITICAL : level, id))));
    }
    servers.index("tocsin-logs-" + Timestamps.format(now).substring(0, 10).replace('-', '.'), logs);
    Map<String, String> telemetry = new LinkedHashMap<>();
    for (int i = 0; i < 90; i++) {
      telemetry.put("t" + i, text(EventCodec.encode(stat(i * 5))));
      telemetry.put("h" + i, text(EventCodec.encode(host(i * 5))));
    }
    servers.index("tocsin-telemetry-2026.11.21", telemetry);
  }

  private void alerts() {
    send("api-error-burst", Alert.Severity.HIGH, "api", 130, -1, "7 errors in 1m from api");
    send(
        "worker-restart-cycle",
        Alert.Severity.MEDIUM,
        "worker",
        3_700,
        -1,
        "worker restarted 4 times in 10m; the last time it could not reach Redis at 10.0.4.17:6379");
    send("ui-slow", Alert.Severity.LOW, "ui", 40, -1, "p95 of ui is 2.4 s");
    send("serial-flapping", Alert.Severity.HIGH, "charger", 7_900, 7_300, "3 unplugs in 5m");
    send(
        "api-error-burst", Alert.Severity.HIGH, "login", 50_000, 49_000, "9 errors in 1m from api");
  }

  private void silences() {
    String fingerprint = Alert.fingerprintOf("worker-restart-cycle", Map.of("service", "worker"));
    Acknowledgement ack =
        new Acknowledgement(
            fingerprint + "@3700", "ayse", "Redis is being moved to another machine", ago(3_000));
    servers.send(Topics.SILENCES, ack.key(), AcknowledgementCodec.encode(ack));
    Silence silence =
        new Silence(
            "ui-release",
            AlertMatch.parse(List.of("rule=ui-*,service=ui")),
            ago(900),
            now.plus(Duration.ofHours(2)),
            null,
            "can",
            "new release of the page",
            ago(900));
    servers.send(Topics.SILENCES, silence.id(), SilenceCodec.encode(silence));
    Silence window =
        new Silence(
            "backup",
            AlertMatch.parse(List.of("host=edge-01")),
            ago(86_400),
            null,
            Schedule.parse("every sunday 02:00-04:00 Europe/Istanbul"),
            "can",
            "weekly backup",
            ago(86_400));
    servers.send(Topics.SILENCES, window.id(), SilenceCodec.encode(window));
  }

  private void send(
      String rule, Alert.Severity severity, String service, int since, int until, String summary) {
    String fingerprint = Alert.fingerprintOf(rule, Map.of("service", service));
    Samples.sendAlert(
        servers,
        new Alert(
            fingerprint,
            fingerprint + "@" + since,
            rule,
            1,
            severity,
            until < 0 ? Alert.Status.FIRING : Alert.Status.RESOLVED,
            ago(until < 0 ? since : until),
            Map.of("service", service),
            ago(since),
            until < 0 ? null : ago(until),
            7,
            5,
            "1m",
            summary,
            Map.of("team", "ops"),
            Map.of("runbook", "docs/operations/runbook.md#" + rule),
            List.of("edge-01/api/1/1"),
            null));
  }

  private LogEvent log(int i, Level level, String id) {
    boolean bad = level.compareTo(Level.ERROR) >= 0;
    return new LogEvent(
        ago(i * 17),
        SERVICES[i % SERVICES.length],
        level,
        bad ? "http_request_failed" : "http_request",
        bad ? ERRORS[i % ERRORS.length] : "GET /api/sessions/" + i + " 200 in 12 ms",
        Map.of("user_id", "user-" + i, "path", "/api/sessions/" + i),
        "edge-01",
        "api",
        id);
  }

  private Telemetry stat(int secondsAgo) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("STATE", new BigDecimal(5));
    values.put("MAX", new BigDecimal(32));
    values.put("CABLE", new BigDecimal(32));
    values.put("CPV", BigDecimal.valueOf(600 + Math.round(40 * Math.sin(secondsAgo / 25.0))));
    values.put("PPV", new BigDecimal(1010));
    values.put("PWM", new BigDecimal(53));
    values.put("AUTH", BigDecimal.ONE);
    values.put("LOCK", BigDecimal.ONE);
    return measured("charger-01", "charger", "stat", values, secondsAgo);
  }

  private Telemetry host(int secondsAgo) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("cpu_percent", BigDecimal.valueOf(30 + 20 * Math.cos(secondsAgo / 40.0)));
    values.put("memory_percent", new BigDecimal("61.4"));
    values.put("disk_percent", new BigDecimal("48.0"));
    return measured("edge-01", "host", "host", values, secondsAgo);
  }

  private Telemetry measured(
      String device, String service, String kind, Map<String, Object> values, int secondsAgo) {
    Instant at = secondsAgo == 0 ? Instant.now() : ago(secondsAgo);
    return new Telemetry(at, service, device, kind, values, Map.of(), "edge-01", device + at);
  }

  private Instant ago(long seconds) {
    return now.minus(Duration.ofSeconds(seconds));
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
