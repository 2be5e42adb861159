package io.tocsin.console;

import io.tocsin.event.Alert;
import io.tocsin.event.EventCodec;
import io.tocsin.event.Level;
import io.tocsin.event.LogEvent;
import io.tocsin.event.ServiceHealth;
import io.tocsin.event.Telemetry;
import io.tocsin.topics.Topics;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events as the platform writes them. */
public final class Samples {

  private Samples() {}

  public static Alert alert(String rule, Alert.Status status, Instant at) {
    String fingerprint = Alert.fingerprintOf(rule, Map.of("service", "api"));
    return new Alert(
        fingerprint,
        fingerprint + "-1",
        rule,
        1,
        Alert.Severity.HIGH,
        status,
        at,
        Map.of("service", "api"),
        at,
        status == Alert.Status.RESOLVED ? at.plusSeconds(60) : null,
        5,
        5,
        "1m",
        "5 errors in 1m from api",
        Map.of("team", "ops"),
        Map.of("runbook", "docs/operations/runbook.md#api-errors"),
        List.of("edge-01/api/1/1"),
        null);
  }

  public static void sendAlert(Servers servers, Alert alert) {
    servers.send(Topics.ALERT_STATE, alert.fingerprint(), EventCodec.encode(alert));
  }

  public static void sendHealth(
      Servers servers, String service, ServiceHealth.Status status, Instant since) {
    servers.send(
        Topics.HEALTH,
        service,
        EventCodec.encode(
            new ServiceHealth(
                service,
                status,
                since,
                since,
                status == ServiceHealth.Status.OK ? List.of() : List.of("5 errors in 1m"))));
  }

  public static void sendLog(
      Servers servers, String service, Level level, String message, String id) {
    servers.send(
        Topics.LOGS,
        service,
        EventCodec.encode(
            new LogEvent(
                Instant.parse("2026-11-21T10:00:00Z"),
                service,
                level,
                "something",
                message,
                Map.of("user_id", "user-17"),
                "edge-01",
                "api",
                id)));
  }

  public static void sendTelemetry(Servers servers, String device, String pilot) {
    servers.send(
        Topics.TELEMETRY,
        device,
        EventCodec.encode(
            new Telemetry(
                Instant.parse("2026-11-21T10:00:00Z"),
                "charger",
                device,
                "stat",
                Map.of("CPV", new BigDecimal(pilot)),
                Map.of(),
                "edge-01",
                null)));
  }
}
